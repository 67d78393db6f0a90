/// The tokens of Swift source, as far as it takes to tell code from text:
/// comments are dropped, a string literal is one token whatever is in it, and
/// what an interpolation holds is code again.
struct CodeTokens {
    enum Token: Equatable {
        /// An identifier or keyword, without backticks.
        case word(String)
        case number(String)
        case string
        case interpolation
        case punctuation(Character)
        /// What generated code never has: an unclosed literal, a multi-line
        /// literal or comment, a control character or a direction mark.
        case fault(String)
    }

    private(set) var tokens: [Token] = []
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ source: String) {
        scalars = Array(source.unicodeScalars)
        while position < scalars.count { readToken() }
    }

    private func scalar(_ offset: Int = 0) -> Unicode.Scalar? {
        position + offset < scalars.count ? scalars[position + offset] : nil
    }

    private mutating func readToken() {
        guard let current = scalar() else { return }
        switch current {
        case " ", "\n":
            position += 1
        case "/" where scalar(1) == "/":
            // Swift ends a comment at either of these and at no other character.
            while let next = scalar(), next != "\n", next != "\r" {
                check(next)
                position += 1
            }
        case "/" where scalar(1) == "*":
            tokens.append(.fault("a comment in the middle of code"))
            position += 2
        case "\"":
            readString()
        case "`":
            position += 1
            readWord()
            if scalar() == "`" { position += 1 } else { tokens.append(.fault("an open backtick")) }
        case "0"..."9":
            var text = String.UnicodeScalarView()
            while let next = scalar(), next.properties.isXIDContinue || next == "." {
                text.append(next)
                position += 1
            }
            tokens.append(.number(String(text)))
        case _ where current == "_" || current.properties.isXIDStart:
            readWord()
        default:
            check(current)
            tokens.append(.punctuation(Character(current)))
            position += 1
        }
    }

    private mutating func readWord() {
        var text = String.UnicodeScalarView()
        while let next = scalar(), next == "_" || next.properties.isXIDContinue {
            text.append(next)
            position += 1
        }
        tokens.append(text.isEmpty ? .fault("an empty name") : .word(String(text)))
    }

    private mutating func readString() {
        if scalar(1) == "\"", scalar(2) == "\"" { tokens.append(.fault("a literal of several lines")) }
        tokens.append(.string)
        position += 1
        while let current = scalar() {
            switch current {
            case "\"":
                position += 1
                return
            case "\n", "\r":
                tokens.append(.fault("an unclosed literal"))
                return
            case "\\" where scalar(1) == "(":
                position += 2
                tokens.append(.interpolation)
                readInterpolation()
            case "\\":
                position += 2
            default:
                check(current)
                position += 1
            }
        }
        tokens.append(.fault("an unclosed literal"))
    }

    private mutating func readInterpolation() {
        var depth = 1
        while depth > 0, let current = scalar() {
            if current == "(" { depth += 1 }
            if current == ")" { depth -= 1 }
            readToken()
        }
    }

    private mutating func check(_ scalar: Unicode.Scalar) {
        if scalar.properties.generalCategory == .control && scalar != "\t" || scalar.properties.isBidiControl {
            tokens.append(.fault("U+" + String(scalar.value, radix: 16, uppercase: true)))
        }
    }
}
