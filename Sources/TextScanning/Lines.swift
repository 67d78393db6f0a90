/// The lines of a text.
public enum Lines {
    /// The lines, the empty ones too, without their ends.
    public static func split(_ text: String) -> [Substring] {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// A line without the spaces it begins with.
    public static func withoutIndentation(_ line: Substring) -> Substring {
        Substring(line.utf8.drop { $0 == UInt8(ascii: " ") })
    }
}
