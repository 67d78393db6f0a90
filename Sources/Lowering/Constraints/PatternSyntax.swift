/// Whether `NSRegularExpression` can read a translated pattern. It does so by ICU,
/// which the tool does without: with it the tool would be four times as large.
///
/// What is rare and not known here is refused, which costs a check and a warning.
struct PatternSyntax {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var groups = 0
    private var highestReference = 0
    private var names: Set<String> = []
    /// How many lookbehinds are open. What is in them must have a length.
    private var lookbehinds = 0

    /// What is wrong is of no use: only that it is.
    private struct Fault: Error {}

    private init(_ pattern: String) {
        scalars = Array(pattern.unicodeScalars)
    }

    static func isValid(_ pattern: String) -> Bool {
        // It takes no empty one.
        guard !pattern.isEmpty else { return false }
        var syntax = PatternSyntax(pattern)
        do {
            try syntax.alternatives()
            return syntax.position == syntax.scalars.count && syntax.highestReference <= syntax.groups
        } catch {
            return false
        }
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take() throws(Fault) -> Unicode.Scalar {
        guard let scalar = next else { throw Fault() }
        position += 1
        return scalar
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    // MARK: - Expressions

    /// Up to the end or to a closing parenthesis, which stays.
    private mutating func alternatives() throws(Fault) {
        while let scalar = next, scalar != ")" {
            position += 1
            switch scalar {
            case "|": continue
            case "*", "+", "?", "{": throw Fault()
            case "(": if try group() { try quantifier() }
            case "[":
                try set()
                try quantifier()
            case "\\": if try escape() { try quantifier() }
            default: try quantifier()
            }
        }
    }

    private mutating func quantifier() throws(Fault) {
        var isUnbounded = false
        switch next {
        case "*", "+":
            position += 1
            isUnbounded = true
        case "?": position += 1
        case "{":
            position += 1
            let least = try number()
            if take(",") {
                if next == "}" { isUnbounded = true } else if try number() < least { throw Fault() }
            }
            guard take("}") else { throw Fault() }
        default: return
        }
        if isUnbounded, lookbehinds > 0 { throw Fault() }
        if next == "?" || next == "+" { position += 1 }
    }

    private mutating func number() throws(Fault) -> Int {
        var value = 0
        let start = position
        while let scalar = next, let digit = Self.digit(scalar, below: 10) {
            value = value * 10 + digit
            position += 1
            guard value <= Int(Int32.max) else { throw Fault() }
        }
        guard position > start else { throw Fault() }
        return value
    }

    /// - Returns: Whether a quantifier may follow.
    private mutating func group() throws(Fault) -> Bool {
        var isQuantifiable = true
        var isLookbehind = false
        if take("?") {
            switch try take() {
            case ":", ">": break
            case "=", "!": isQuantifiable = false
            case "<":
                if next == "=" || next == "!" {
                    position += 1
                    (isQuantifiable, isLookbehind) = (false, true)
                } else {
                    guard names.insert(try groupName()).inserted else { throw Fault() }
                    groups += 1
                }
            default: throw Fault()
            }
        } else {
            groups += 1
        }
        if isLookbehind { lookbehinds += 1 }
        try alternatives()
        guard take(")") else { throw Fault() }
        if isLookbehind { lookbehinds -= 1 }
        return isQuantifiable
    }

    /// Up to the bracket after it.
    private mutating func groupName() throws(Fault) -> String {
        var name = String.UnicodeScalarView()
        while true {
            let scalar = try take()
            if scalar == ">", !name.isEmpty { return String(name) }
            let isLetter = scalar.isASCII && scalar.properties.isAlphabetic
            guard isLetter || !name.isEmpty && Self.digit(scalar, below: 10) != nil else { throw Fault() }
            name.append(scalar)
        }
    }

    // MARK: - Sets of characters

    /// After the opening bracket.
    private mutating func set() throws(Fault) {
        _ = take("^")
        // What a range may begin with.
        var low: UInt32?
        while true {
            let scalar = try take()
            switch scalar {
            case "]": return
            case "[":
                try set()
                low = nil
            case "-" where low != nil && next != "]":
                let high = try take()
                guard high != "[", high != "-", let first = low, first <= (high == "\\" ? try character() : high.value) else { throw Fault() }
                low = nil
            case "-": low = nil
            case "\\":
                switch next {
                case "s", "S", "d", "D", "w", "W":
                    position += 1
                    low = nil
                case "p", "P":
                    position += 1
                    try property()
                    low = nil
                default: low = try character()
                }
            default: low = scalar.value
            }
        }
    }

    // MARK: - Escape sequences

    /// After the backslash, outside of a set.
    ///
    /// - Returns: Whether a quantifier may follow.
    private mutating func escape() throws(Fault) -> Bool {
        guard let scalar = next else { throw Fault() }
        switch scalar {
        case "b", "B", "z":
            position += 1
            return false
        case "s", "S", "d", "D", "w", "W": position += 1
        case "k":
            position += 1
            guard take("<"), names.contains(try groupName()), lookbehinds == 0 else { throw Fault() }
        case "1"..."9":
            let digits = try number()
            highestReference = max(highestReference, digits)
            if lookbehinds > 0 { throw Fault() }
        case "p", "P":
            position += 1
            try property()
        default: _ = try character()
        }
        return true
    }

    /// A single character, after the backslash.
    private mutating func character() throws(Fault) -> UInt32 {
        let scalar = try take()
        switch scalar {
        case "n": return 0xA
        case "r": return 0xD
        case "t": return 0x9
        case "f": return 0xC
        case "x": return next == "{" ? try bracedHexadecimal() : try hexadecimal(1...2)
        case "u": return try hexadecimal(4...4)
        case "c":
            return try take().value & 0x1F
        default:
            // Letters and digits stand for something else, or for nothing.
            guard !scalar.properties.isXIDContinue || scalar == "_" else { throw Fault() }
            return scalar.value
        }
    }

    private mutating func hexadecimal(_ count: ClosedRange<Int>) throws(Fault) -> UInt32 {
        var value: UInt32 = 0
        let start = position
        while position - start < count.upperBound, let scalar = next, let digit = Self.digit(scalar, below: 16) {
            value = value << 4 | UInt32(digit)
            position += 1
        }
        guard position - start >= count.lowerBound else { throw Fault() }
        return value
    }

    private mutating func bracedHexadecimal() throws(Fault) -> UInt32 {
        position += 1
        var value: UInt32 = 0
        var count = 0
        while !take("}") {
            guard let digit = Self.digit(try take(), below: 16), count < 8 else { throw Fault() }
            value = value << 4 | UInt32(digit)
            count += 1
        }
        guard count > 0, value <= 0x10FFFF else { throw Fault() }
        return value
    }

    /// After `\p`.
    private mutating func property() throws(Fault) {
        guard take("{") else { throw Fault() }
        var text = String.UnicodeScalarView()
        while !take("}") { text.append(try take()) }
        guard UnicodeProperties.isKnown(String(text)) else { throw Fault() }
    }

    private static func digit(_ scalar: Unicode.Scalar, below base: Int) -> Int? {
        guard scalar.isASCII, let value = Character(scalar).hexDigitValue, value < base else { return nil }
        return value
    }
}
