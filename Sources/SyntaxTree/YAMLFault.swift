import CYAML

/// What libyaml found wrong, in words that lead to the repair.
enum YAMLFault {
    static func fault(of parser: yaml_parser_t, in bytes: UnsafeBufferPointer<UInt8>) -> SourceFault {
        let problem = parser.problem.map { String(cString: $0) } ?? "the text cannot be read"
        var context = parser.context.map { String(cString: $0) }
        let mark = parser.problem_mark
        if parser.error == YAML_READER_ERROR {
            let place = place(of: Int(clamping: parser.problem_offset), in: bytes)
            return SourceFault(line: place.line, column: place.column, message: "not valid YAML: \(problem)", hint: nil)
        }
        let (message, hint) = advice(problem, character: character(at: mark.index, in: bytes))
        if context != nil, parser.context_mark.line != mark.line {
            context = context.map { "\($0) of line \(parser.context_mark.line + 1)" }
        }
        return SourceFault(
            line: UInt32(truncatingIfNeeded: mark.line + 1), column: UInt32(truncatingIfNeeded: mark.column + 1),
            message: "not valid YAML: \(message)\(context.map { " \($0)" } ?? "")", hint: hint)
    }

    private static func advice(_ problem: String, character: UInt8?) -> (message: String, hint: String?) {
        switch problem {
        case "found character that cannot start any token" where character == UInt8(ascii: "\t"):
            ("a tab is used for indentation", "YAML indents with spaces only")
        case "found character that cannot start any token":
            (
                "a value cannot begin with `\(character.map { String(UnicodeScalar($0)) } ?? "")`",
                "put the value in quotes"
            )
        case "mapping values are not allowed in this context":
            ("a `:` stands where no key can be", "put a value that contains `: ` in quotes, or check the indentation")
        case "did not find expected key", "did not find expected '-' indicator":
            (problem, "check the indentation of this line and of those above")
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            (problem, "a bracket is not closed, or a comma is missing")
        case "did not find expected node content":
            (problem, "a value is missing here, or the file is cut off")
        case "could not find expected ':'":
            (problem, "a key needs a `:` after it; check the lines above too")
        case "found unexpected end of stream":
            (problem, "a quote or a bracket is not closed")
        case "found unknown escape character":
            (problem, "use single quotes around text with backslashes")
        default:
            (problem, "check the quotes, brackets and indentation before this place")
        }
    }

    /// - Parameter index: Counted in characters, as libyaml counts.
    private static func character(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
        var characters = -1
        for byte in bytes where byte & 0xC0 != 0x80 {
            characters += 1
            if characters == index { return byte < 0x80 ? byte : nil }
        }
        return nil
    }

    private static func place(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (line: UInt32, column: UInt32) {
        var line: UInt32 = 1
        var column: UInt32 = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}
