import Foundation

/// A body of `text/plain` that is a scalar.
enum ScalarText {
    /// - Throws: If the text is not such a value. The error does not quote it.
    static func value<Value: JSONCoding>(_ data: Data) throws(JSONError) -> Value {
        if data.isEmpty, let type = Value.self as? any AbsentBody.Type, let absent = type.absent as? Value { return absent }
        let text = String(decoding: data, as: UTF8.self)
        // Servers end texts with a line break.
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        for candidate in [quoted(text), quoted(trimmed), trimmed] {
            if let value = try? JSON.decode(Value.self, from: Array(candidate.utf8)), isListed(value) || candidate == trimmed {
                return value
            }
        }
        do {
            return try JSON.decode(Value.self, from: Array(quoted(trimmed).utf8))
        } catch {
            throw JSONError(path: "$", offset: 0, message: "the text cannot be read as \(Value.self)", excerpt: "")
        }
    }

    /// Whether a value is more than any text: not an enumeration's unknown one.
    private static func isListed(_ value: some JSONCoding) -> Bool {
        guard let value = value as? any OpenEnum else { return true }
        return contains(value)
    }

    private static func contains<Value: OpenEnum>(_ value: Value) -> Bool {
        Value.allCases.contains(value)
    }

    private static func quoted(_ text: String) -> String {
        (try? JSON.bytes(of: text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
