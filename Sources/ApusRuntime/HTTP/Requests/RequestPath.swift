/// A request's path, and its query if it has one, percent-encoded.
///
///     let path: RequestPath = "/users/\(id)/files/\(name)"
///
/// A value stays within its segment: `/`, `?`, `#` and `%` in it are encoded. A
/// segment that values make `.` or `..` or leave empty is refused, since a
/// server may take the path for another operation's. Encoding dots would not
/// help: `%2E` is a dot to whoever normalises the path (RFC 3986 section 6.2.2).
public struct RequestPath: Sendable, ExpressibleByStringInterpolation {
    struct Parts: Sendable {
        var text = ""
        var hasQuery = false
        /// Whether the path has values in it.
        var hasValues = false
        var failure: JSONError?
        /// Where in `text` the segment begins that is being written, in UTF-8.
        fileprivate var segmentStart = 0
        /// Whether the segment that is being written has a value in it.
        fileprivate var segmentHasValue = false
        fileprivate var segmentMayBeEmpty = false
    }

    private let written: StringInterpolation

    var parts: Parts { written.path }

    /// A path without values.
    public init(stringLiteral path: String) {
        var parts = StringInterpolation(literalCapacity: path.utf8.count, interpolationCount: 0)
        parts.appendLiteral(path)
        self.init(stringInterpolation: parts)
    }

    /// A path with values.
    public init(stringInterpolation parts: StringInterpolation) {
        var parts = parts
        parts.endSegment()
        written = parts
    }
}

extension RequestPath {
    /// Puts a path together.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        @CopyOnWrite fileprivate var path = Parts()

        public init(literalCapacity: Int, interpolationCount: Int) {
            // Room for values, and for a query after the path.
            let values = interpolationCount.multipliedReportingOverflow(by: 16).partialValue
            path.text.reserveCapacity(min(literalCapacity &+ values &+ 64, 4_096))
        }

        /// A part of the path as the description has it. What a URL cannot
        /// hold is encoded; percent-encoding that is there stays.
        public mutating func appendLiteral(_ literal: String) {
            guard literal.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) else {
                return append(literal: literal)
            }
            var rest = literal.utf8[...]
            while !path.hasQuery, let end = rest.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) {
                if path.segmentHasValue {
                    append(literal: String(rest[..<end]) ?? "")
                    endSegment()
                    rest = rest[end...]
                }
                // Up to the start of the last segment, nothing can change any more.
                if rest[end] == UInt8(ascii: "?") {
                    append(literal: String(rest[...end]) ?? "")
                    path.hasQuery = true
                } else {
                    append(literal: String(rest[...end]) ?? "")
                }
                rest = rest[rest.index(after: end)...]
                path.segmentStart = path.text.utf8.count
            }
            append(literal: String(rest) ?? "")
        }

        /// A value.
        ///
        /// - Parameters:
        ///   - name: The parameter's name; ``PathStyle/matrix`` shows it.
        ///   - explode: Whether the elements of a list and the members of an
        ///     object are written apart.
        ///   - allowsEmpty: Whether a segment may be empty. Else that is an error: the
        ///     path would be that of another operation.
        public mutating func appendInterpolation<Value: JSONCoding>(
            _ value: Value, _ style: PathStyle = .simple, name: StaticString = "", explode: Bool = false, allowsEmpty: Bool = false
        ) {
            path.segmentHasValue = true
            path.hasValues = true
            path.segmentMayBeEmpty = allowsEmpty
            var written = ""
            if style == .json {
                do throws(JSONError) {
                    append(value: String(decoding: try JSON.bytes(of: value), as: UTF8.self), to: &written)
                } catch {
                    if path.failure == nil { path.failure = error }
                }
            } else {
                append(value.parameterForm(), style, name: name.description, explode: explode, to: &written)
            }
            path.text += written
        }

        private mutating func append(literal: String) {
            PercentEncoding.append(literal, to: &path.text, keeping: .pathAndQuery, keepsTriplets: true)
        }

        fileprivate mutating func endSegment() {
            guard path.segmentHasValue, !path.hasQuery else { return }
            path.segmentHasValue = false
            let count = path.text.utf8.count - path.segmentStart
            guard count <= 2 else { return }
            switch String(path.text.utf8.suffix(count)) ?? "" {
            case "": if !path.segmentMayBeEmpty { refuse("a path parameter is empty") }
            case ".", "..": refuse("a path parameter is `.` or `..`")
            default: break
            }
        }

        private mutating func refuse(_ message: String) {
            guard path.failure == nil else { return }
            path.failure = JSONError(path: "path", offset: path.segmentStart, message: message, excerpt: "")
        }
    }
}

extension PathStyle {
    /// What stands between the elements of a list that is not exploded.
    fileprivate var separator: String {
        switch self {
        case .simple, .label, .matrix, .json: ","
        case .spaceDelimited: "%20"
        case .pipeDelimited: "%7C"
        case .tabDelimited: "%09"
        }
    }
}

extension RequestPath.StringInterpolation {
    /// RFC 6570 sections 3.2.2, 3.2.5 and 3.2.7.
    private func append(
        _ form: ParameterForm, _ style: PathStyle, name: String, explode: Bool, to written: inout String
    ) {
        switch (style, form) {
        case (_, .none), (_, .list([])): break
        case (.label, .text(let text)):
            written += "."
            append(value: text, to: &written)
        case (.matrix, .text(let text)):
            append(matrix: name, text, to: &written)
        case (_, .text(let text)):
            append(value: text, to: &written)
        case (.matrix, .list(let elements)) where explode:
            for element in elements { append(matrix: name, element, to: &written) }
        case (.matrix, .object(let members)) where explode:
            for (name, value) in members { append(matrix: name, value, to: &written) }
        case (_, .list(let elements)):
            append(prefix: style, name: name, to: &written)
            let isLabel = style == .label && explode
            append(elements, separator: isLabel ? "." : style.separator, to: &written)
        case (_, .object(let members)):
            guard !members.isEmpty else { break }
            append(prefix: style, name: name, to: &written)
            let separator = style == .label && explode ? "." : ","
            for (index, (name, value)) in members.enumerated() {
                if index > 0 { written += separator }
                append(value: name, to: &written, keepsDot: separator != ".")
                written += explode ? "=" : ","
                append(value: value, to: &written, keepsDot: separator != ".")
            }
        }
    }

    private func append(prefix style: PathStyle, name: String, to written: inout String) {
        switch style {
        case .simple, .json, .spaceDelimited, .pipeDelimited, .tabDelimited: break
        case .label: written += "."
        case .matrix:
            written += ";"
            append(value: name, to: &written)
            written += "="
        }
    }

    private func append(_ elements: [String], separator: String, to written: inout String) {
        for (index, element) in elements.enumerated() {
            if index > 0 { written += separator }
            append(value: element, to: &written, keepsDot: separator != ".")
        }
    }

    private func append(matrix name: String, _ value: String, to written: inout String) {
        written += ";"
        append(value: name, to: &written)
        if value.isEmpty { return }
        written += "="
        append(value: value, to: &written)
    }

    private func append(value: String, to written: inout String, keepsDot: Bool = true) {
        // Some descriptions have a query in their path.
        let kept: PercentEncoding.Kept = path.hasQuery ? .unreserved : .pathValue
        PercentEncoding.append(value, to: &written, keeping: keepsDot ? kept : kept.removing("."))
    }
}
