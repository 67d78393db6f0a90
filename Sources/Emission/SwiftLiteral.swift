import TextScanning

/// Swift literals for texts of the description.
///
/// Nothing of the text can end the literal or begin an interpolation.
enum SwiftLiteral {
    /// The text as a string literal, with its quotation marks.
    static func string(_ text: String) -> String {
        if PlainASCII.needsNoEscape(text) { return "\"\(text)\"" }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.properties.isBidiControl
                || scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .control
                || scalar == "\u{2028}" || scalar == "\u{2029}":
                result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
