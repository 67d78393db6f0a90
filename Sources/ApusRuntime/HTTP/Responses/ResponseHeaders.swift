import HTTPTypes

/// The header fields that a description gives for a response, typed.
public protocol ResponseHeaders: Sendable {
    /// Reads the fields of a response.
    init(from response: Response)
}

extension Response {
    /// The header fields as the description has them:
    ///
    ///     let (pets, response) = try await client.withResponse { try await $0.listPets() }
    ///     response.headers(PetstoreAPI.ListPetsHeaders.self).rateLimit
    public func headers<Headers: ResponseHeaders>(_ type: Headers.Type = Headers.self) -> Headers {
        Headers(from: self)
    }

    /// One header field in the style `simple` (OpenAPI Header Object); nil if
    /// it is not there or is not such a value.
    public func header<Value: JSONCoding>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        guard let fieldName = HTTPField.Name(name), let text = headerFields[fieldName] else { return nil }
        return HeaderValue.read(text, as: type)
    }
}

/// Reads values that are written in the style `simple`.
private enum HeaderValue {
    /// The value a text stands for: the text itself, a number or boolean, a
    /// list of either, or JSON.
    static func read<Value: JSONCoding>(_ text: String, as type: Value.Type) -> Value? {
        if let text = text as? Value { return text }
        for candidate in [text, quoted(text), list(text, { $0 }), list(text, quoted)] {
            if let value = try? JSON.decode(type, from: Array(candidate.utf8)) { return value }
        }
        return nil
    }

    private static func list(_ text: String, _ element: (String) -> String) -> String {
        let parts = text.split(separator: ",").map { String($0.drop { $0 == " " }) }
        return "[" + parts.map(element).joined(separator: ",") + "]"
    }

    private static func quoted(_ text: String) -> String {
        (try? JSON.bytes(of: text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
