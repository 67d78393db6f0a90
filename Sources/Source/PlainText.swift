/// A description's text, made fit for a line in a terminal or a log.
///
/// A name may hold line breaks that would forge a message of their own, escape
/// sequences that a terminal obeys, and marks that turn the writing direction.
public enum PlainText {
    /// The longest text that is shown whole, in Unicode scalars.
    private static let longest = 1_000

    /// `text` on one line, with what cannot be seen as an escape sequence of
    /// Swift's, and with its middle left out where it is very long.
    public static func line(_ text: String) -> String {
        if text.utf8.count <= longest, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        var scalars = Array(text.unicodeScalars)
        if scalars.count > longest {
            scalars = scalars.prefix(longest * 3 / 4) + Array(" … ".unicodeScalars) + scalars.suffix(longest / 4)
        }
        var result = String.UnicodeScalarView()
        for scalar in scalars {
            if isVisible(scalar) {
                result.append(scalar)
            } else {
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            }
        }
        return String(result)
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }
}
