import Foundation

/// How a value is made of a response's body.
enum BodyReader<Value: Sendable>: Sendable {
    case json(@Sendable (Data) throws(JSONError) -> Value)
    case text(@Sendable (String) -> Value)
    case data(@Sendable (Data) -> Value)
    case stream(@Sendable (HTTPBody) -> Value)
    /// The body is not read.
    case empty(Value)
}

/// A type with a value for a body that is empty although it should be JSON.
protocol AbsentBody {
    static var absent: Self { get }
}

extension Optional: AbsentBody {
    static var absent: Self { nil }
}

extension Nullable: AbsentBody {
    static var absent: Self { .null }
}

extension JSONCoding {
    /// Reads a body. An empty one is an optional type's `nil`.
    static func body(_ data: Data) throws(JSONError) -> Self {
        if data.isEmpty, let type = Self.self as? any AbsentBody.Type, let absent = type.absent as? Self { return absent }
        return try JSON.decode(Self.self, from: data)
    }

    /// Reads a body that has to satisfy constraints.
    static func body(_ data: Data, checking constraints: JSONConstraints) throws(JSONError) -> Self {
        let value = try body(data)
        if let violation = constraints.violation(in: data) { throw violation }
        return value
    }
}

enum TextContent {
    /// The text of a body, by the `charset` of its content type; UTF-8 where
    /// there is none or it is not known.
    static func text(_ data: Data, contentType: String?) -> String {
        switch charset(contentType) {
        case "iso-8859-1", "latin1", "windows-1252":
            // Each byte is a character, so reading cannot fail.
            String(data: data, encoding: .isoLatin1) ?? String(decoding: data, as: UTF8.self)
        case "utf-16":
            String(data: data, encoding: .utf16) ?? String(decoding: data, as: UTF8.self)
        default:
            String(decoding: data, as: UTF8.self)
        }
    }

    private static func charset(_ contentType: String?) -> String? {
        guard let contentType, contentType.contains(";") else { return nil }
        for parameter in contentType.split(separator: ";").dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces).lowercased() == "charset" else { continue }
            return parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\"")).lowercased()
        }
        return nil
    }
}
