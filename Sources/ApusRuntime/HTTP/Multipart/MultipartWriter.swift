import Foundation

/// A type that is sent as a form of several parts (`multipart/form-data`, RFC 7578).
public protocol MultipartCodable: Sendable {
    /// Writes the parts.
    func encode(to form: inout MultipartWriter)
}

/// Puts the parts of a form together.
///
/// Text values become parts of text, objects parts of JSON, lists one part for
/// each element (OpenAPI, "Special Considerations for multipart Content").
public struct MultipartWriter {
    private let boundary: String
    private var pieces: [HTTPBody] = []
    private var pending = Data()
    private var failure: JSONError?
    private var constraints: JSONConstraints?

    private let mediaType: String

    /// - Parameter mediaType: `multipart/form-data` or a relative of it, without parameters.
    init(mediaType: String = "multipart/form-data", boundary: String = Self.randomBoundary()) {
        self.mediaType = mediaType
        self.boundary = boundary
    }

    /// The form's media type, with its boundary.
    var contentType: String { "\(mediaType); boundary=\(boundary)" }

    // MARK: Parts

    /// Sets what the parts have to satisfy, by their names. Files are not checked.
    public mutating func check(_ constraints: JSONConstraints) {
        self.constraints = constraints
    }

    /// The header fields of a part besides those that every part has.
    public typealias Headers = KeyValuePairs<String, (any JSONCoding)?>

    /// Writes a part that is always there.
    ///
    /// - Parameters:
    ///   - separator: What stands between the elements of a list that is one
    ///     part; nil for a part for each.
    ///   - headers: The part's own header fields; those that are nil are left out.
    public mutating func required<Value: JSONCoding>(
        _ name: String, _ value: Value, contentType: String? = nil, joinedBy separator: String? = nil, headers: Headers = [:]
    ) {
        if let demanded = constraints?.properties[name] { check(name, value, demanded) }
        do throws(JSONError) {
            if let contentType, contentType.contains("json") {
                part(name, contentType, headers, content: try JSON.encode(value, omittingReadOnly: true))
                return
            }
            let form = try NestedForm(value)
            if let separator, case .list(let elements) = value.parameterForm() {
                part(name, contentType, headers, content: Data(elements.joined(separator: separator).utf8))
                return
            }
            let parts = if case .list(let elements, _) = form { elements } else { [form] }
            for element in parts {
                switch element {
                case .none: break
                case .text(let text): part(name, contentType, headers, content: Data(text.utf8))
                case .list(_, let json), .object(_, let json):
                    part(name, contentType ?? "application/json", headers, content: Data(json.utf8))
                }
            }
        } catch {
            failure = failure ?? error
        }
    }

    /// Writes a part, or nothing for `nil`.
    public mutating func optional<Value: JSONCoding>(
        _ name: String, _ value: Value?, contentType: String? = nil, joinedBy separator: String? = nil, headers: Headers = [:]
    ) {
        if let value { required(name, value, contentType: contentType, joinedBy: separator, headers: headers) }
    }

    /// Writes parts whose names are not known in advance, sorted by name.
    public mutating func additional<Value: JSONCoding>(_ parts: [String: Value]) {
        for (name, value) in parts.sorted(by: { $0.key < $1.key }) { required(name, value) }
    }

    /// Writes files whose names are not known in advance, sorted by name.
    public mutating func additional(_ files: [String: FilePart]) {
        for (name, file) in files.sorted(by: { $0.key < $1.key }) { self.file(name, file) }
    }

    /// Writes a file, or nothing for `nil`.
    public mutating func file(_ name: String, _ file: FilePart?, contentType: String? = nil, headers: Headers = [:]) {
        guard let file else { return }
        open(
            name, filename: file.filename ?? name,
            contentType: file.contentType ?? contentType ?? "application/octet-stream", headers)
        if case .data(let data) = file.content.storage {
            pending.append(data)
        } else {
            flush()
            pieces.append(file.content)
        }
        pending.append(contentsOf: "\r\n".utf8)
    }

    /// Writes several files of one name.
    public mutating func files(_ name: String, _ files: [FilePart]?, contentType: String? = nil, headers: Headers = [:]) {
        for file in files ?? [] { self.file(name, file, contentType: contentType, headers: headers) }
    }

    /// Writes a file, or nothing for `nil` and `.null`, which forms do not have.
    @_disfavoredOverload
    public mutating func file(_ name: String, _ file: Nullable<FilePart>?, contentType: String? = nil, headers: Headers = [:]) {
        self.file(name, file?.value, contentType: contentType, headers: headers)
    }

    /// Writes several files of one name, or nothing for `nil` and `.null`.
    @_disfavoredOverload
    public mutating func files(_ name: String, _ files: Nullable<[FilePart]>?, contentType: String? = nil, headers: Headers = [:]) {
        self.files(name, files?.value, contentType: contentType, headers: headers)
    }

    private mutating func check<Value: JSONCoding>(_ name: String, _ value: Value, _ constraints: JSONConstraints) {
        // What cannot be written is the writing's fault to report.
        guard failure == nil, let bytes = try? JSON.bytes(of: value), let found = constraints.violation(in: bytes) else {
            return
        }
        failure = JSONError(
            path: "$.\(name)" + found.path.dropFirst(), offset: found.offset, message: found.message,
            excerpt: found.excerpt, keyword: found.keyword)
    }

    // MARK: Bytes

    private mutating func part(_ name: String, _ contentType: String?, _ headers: Headers, content: Data) {
        open(name, filename: nil, contentType: contentType, headers)
        pending.append(content)
        pending.append(contentsOf: "\r\n".utf8)
    }

    private mutating func open(_ name: String, filename: String?, contentType: String?, _ headers: Headers) {
        var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.escaped(name))\""
        if let filename { head += "; filename=\"\(Self.escaped(filename))\"" }
        head += "\r\n"
        if let contentType { head += "Content-Type: \(fieldValue(contentType, of: "Content-Type"))\r\n" }
        for (name, value) in headers {
            switch value?.parameterForm() {
            case nil, .some(.none): break
            case .text(let text): head += "\(name): \(fieldValue(text, of: name))\r\n"
            case .list(let elements): head += "\(name): \(fieldValue(elements.joined(separator: ","), of: name))\r\n"
            case .object(let members):
                head += "\(name): \(fieldValue(members.map { "\($0.0),\($0.1)" }.joined(separator: ","), of: name))\r\n"
            }
        }
        head += "\r\n"
        pending.append(contentsOf: head.utf8)
    }

    /// A field's value (RFC 9110 section 5.5). A line break would end the field,
    /// and without it the value would be another.
    private mutating func fieldValue(_ text: String, of name: String) -> String {
        if text.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }), failure == nil {
            failure = JSONError(path: name, offset: 0, message: "a line break or NUL in a header field", excerpt: "")
        }
        return text
    }

    /// As HTML has it for forms: quotation marks and line breaks would end the name.
    private static func escaped(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"": result += "%22"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func randomBoundary() -> String {
        "apus-" + UUID().uuidString.lowercased()
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        pieces.append(HTTPBody(pending))
        pending = Data()
    }

    /// Ends the form.
    ///
    /// - Throws: What could not be written as JSON.
    consuming func finish() throws(JSONError) -> HTTPBody {
        if let failure { throw failure }
        pending.append(contentsOf: "--\(boundary)--\r\n".utf8)
        flush()
        return pieces.count == 1 ? pieces[0] : HTTPBody(joining: pieces)
    }
}

extension HTTPBody {
    /// One content after the other.
    init(joining pieces: [HTTPBody]) {
        let lengths = pieces.map(\.length)
        self.init(
            length: lengths.contains(nil) ? nil : lengths.reduce(0) { $0 + ($1 ?? 0) },
            isReplayable: pieces.allSatisfy(\.isReplayable)
        ) {
            JoinedIterator(pieces: pieces[...])
        }
    }
}

private struct JoinedIterator: ChunkIterator {
    var pieces: ArraySlice<HTTPBody>
    var current: HTTPBody.AsyncIterator?

    mutating func next() async throws -> [UInt8]? {
        while true {
            if current == nil { current = pieces.popFirst()?.makeAsyncIterator() }
            guard current != nil else { return nil }
            if let chunk = try await current?.next() { return chunk }
            current = nil
        }
    }
}
