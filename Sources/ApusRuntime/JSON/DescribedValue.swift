extension JSON {
    /// The value of a text that a description gives: a default or a constant that Swift
    /// has no literal for, such as a date. Generated code calls it with texts that were
    /// looked at when it was generated.
    ///
    ///     let day: CalendarDate = JSON.described("2024-02-29")
    ///
    /// - Parameter text: What would be in the JSON string, or the JSON text of a number.
    /// - Precondition: It is the text of such a value.
    public static func described<T: JSONCoding>(_ text: StaticString) -> T {
        let text = text.description
        if let bytes = try? bytes(of: text), let value = try? decode(T.self, from: bytes) { return value }
        guard let value = try? decode(T.self, from: Array(text.utf8)) else {
            preconditionFailure("`\(text)` cannot be read as \(T.self)")
        }
        return value
    }
}
