public import ApusRuntime
public import Foundation

/// The body of a request that can have one of several media types.
public struct ReceivedBody: Sendable, Hashable {
    /// The `Content-Type` field.
    public let contentType: String?

    /// The content.
    public let data: Data

    /// The content as text in UTF-8.
    public var text: String { String(decoding: data, as: UTF8.self) }

    /// The content read as JSON.
    ///
    /// - Throws: `JSONError` where it is not such a value.
    public func json<Value: JSONCoding>(_ type: Value.Type = Value.self) throws(JSONError) -> Value {
        try JSON.decode(type, from: data)
    }

    /// The parts of a multipart body; `nil` where it is none.
    public var parts: [ReceivedPart]? { ReceivedPart.parts(of: data, contentType: contentType) }
}

/// One part of a multipart body (RFC 7578).
public struct ReceivedPart: Sendable, Hashable {
    /// `name` of `Content-Disposition`.
    public let name: String?

    /// `filename` of `Content-Disposition`, for a file.
    public let filename: String?

    /// The part's `Content-Type` field.
    public let contentType: String?

    /// The header fields besides, in their order.
    public let headerFields: [String]

    /// The content.
    public let data: Data

    /// The content as text in UTF-8.
    public var text: String { String(decoding: data, as: UTF8.self) }

    static func parts(of data: Data, contentType: String?) -> [ReceivedPart]? {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/"),
            let boundary = HeaderParameters.value("boundary", in: contentType)
        else { return nil }
        let delimiter = Data("--\(boundary)".utf8)
        var parts: [ReceivedPart] = []
        guard var start = data.range(of: delimiter)?.upperBound else { return nil }
        while let end = data.range(of: Data("\r\n".utf8) + delimiter, in: start..<data.endIndex) {
            if let part = part(data[start..<end.lowerBound]) { parts.append(part) }
            start = end.upperBound
        }
        return parts
    }

    private static func part(_ bytes: Data) -> ReceivedPart? {
        guard let end = bytes.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        var fields = head.components(separatedBy: "\r\n").filter { !$0.isEmpty }
        func take(_ name: String) -> String? {
            guard let index = fields.firstIndex(where: { $0.lowercased().hasPrefix(name + ":") }) else { return nil }
            return fields.remove(at: index).dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
        }
        let disposition = take("content-disposition") ?? ""
        let contentType = take("content-type")
        return ReceivedPart(
            name: HeaderParameters.value("name", in: disposition), filename: HeaderParameters.value("filename", in: disposition),
            contentType: contentType, headerFields: fields, data: Data(bytes[end.upperBound...]))
    }
}

/// The parameters of a header field's value (RFC 9110 section 5.6.6).
enum HeaderParameters {
    static func value(_ name: String, in field: String) -> String? {
        for part in field.components(separatedBy: ";").dropFirst() {
            guard let equals = part.firstIndex(of: "="),
                part[..<equals].trimmingCharacters(in: .whitespaces).lowercased() == name
            else { continue }
            return part[part.index(after: equals)...].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
        }
        return nil
    }
}
