
/// Why a description cannot be used at all.
public struct SourceError: Error, Sendable, Hashable {
    /// Where the fault is; `nil` if it has no place in a file.
    public var location: SourceLocation?

    /// What is wrong.
    public var message: String

    /// What to do about it.
    public var hint: String?

    public init(location: SourceLocation?, message: String, hint: String? = nil) {
        self.location = location
        self.message = message
        self.hint = hint
    }
}

extension SourceError: CustomStringConvertible {
    /// `path:line:column: error: message (hint)`, on one line.
    public var description: String {
        let place = location.map { "\($0): " } ?? ""
        let advice = hint.map { " (\($0))" } ?? ""
        return "\(place)error: \(PlainText.line(message))\(advice)"
    }
}
