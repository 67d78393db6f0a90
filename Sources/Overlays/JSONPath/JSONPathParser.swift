/// Reads the grammar of RFC 9535.
struct JSONPathParser {
    private let text: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    /// How deep expressions and queries may be within each other.
    private static let maximumDepth = 100
    /// Integers that JSON interchanges safely (RFC 7493).
    private static let largestInteger = 9_007_199_254_740_991

    static func query(_ text: String) throws(JSONPath.Fault) -> [JSONPath.Segment] {
        var parser = JSONPathParser(text)
        guard parser.skip("$") else { throw parser.fault("a query begins with `$`") }
        let segments = try parser.segments()
        guard parser.position == parser.text.count else {
            throw parser.fault("`\(parser.rest)` is not part of a query")
        }
        return segments
    }

    private init(_ text: String) {
        self.text = Array(text.unicodeScalars)
    }

    private var rest: String {
        String(String.UnicodeScalarView(text[position...].prefix(20)))
    }

    private func fault(_ message: String) -> JSONPath.Fault {
        JSONPath.Fault(message: message, column: position + 1)
    }

    // MARK: - Characters

    private var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

    private mutating func skip(_ wanted: String) -> Bool {
        let scalars = Array(wanted.unicodeScalars)
        guard text[position...].starts(with: scalars) else { return false }
        position += scalars.count
        return true
    }

    private mutating func skipBlanks() {
        while let next, " \t\n\r".unicodeScalars.contains(next) { position += 1 }
    }

    private mutating func expect(_ wanted: String) throws(JSONPath.Fault) {
        guard skip(wanted) else {
            throw fault(next == nil ? "`\(wanted)` is missing at the end" : "`\(wanted)` is expected before `\(rest)`")
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func mayBeginName(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar.value >= 0x80
    }

    // MARK: - Segments

    private mutating func segments() throws(JSONPath.Fault) -> [JSONPath.Segment] {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth) levels") }
        var result: [JSONPath.Segment] = []
        while true {
            let before = position
            skipBlanks()
            if skip("..") {
                result.append(JSONPath.Segment(isDescendant: true, selectors: try selectorsAfterDots()))
            } else if skip(".") {
                result.append(JSONPath.Segment(isDescendant: false, selectors: [try shorthand()]))
            } else if next == "[" {
                result.append(JSONPath.Segment(isDescendant: false, selectors: try bracketed()))
            } else {
                position = before
                return result
            }
        }
    }

    private mutating func selectorsAfterDots() throws(JSONPath.Fault) -> [JSONPath.Selector] {
        if next == "[" { return try bracketed() }
        return [try shorthand()]
    }

    private mutating func shorthand() throws(JSONPath.Fault) -> JSONPath.Selector {
        if skip("*") { return .wildcard }
        guard let first = next, Self.mayBeginName(first) else {
            throw fault("a name or `*` is expected after the dot; other names go into `['…']`")
        }
        let start = position
        while let next, Self.mayBeginName(next) || Self.isDigit(next) { position += 1 }
        return .name(String(String.UnicodeScalarView(text[start..<position])))
    }

    private mutating func bracketed() throws(JSONPath.Fault) -> [JSONPath.Selector] {
        try expect("[")
        var result: [JSONPath.Selector] = []
        repeat {
            skipBlanks()
            result.append(try selector())
            skipBlanks()
        } while skip(",")
        try expect("]")
        return result
    }

    private mutating func selector() throws(JSONPath.Fault) -> JSONPath.Selector {
        switch next {
        case "*":
            position += 1
            return .wildcard
        case "'", "\"":
            return .name(try string())
        case "?":
            position += 1
            skipBlanks()
            return .filter(try disjunction())
        case ":", "-":
            return try indexOrSlice()
        case let next? where Self.isDigit(next):
            return try indexOrSlice()
        default:
            throw fault("a name in quotes, a number, `*` or `?` is expected within the brackets")
        }
    }

    private mutating func indexOrSlice() throws(JSONPath.Fault) -> JSONPath.Selector {
        let first = next == ":" ? nil : try integer()
        let afterFirst = position
        skipBlanks()
        guard skip(":") else {
            position = afterFirst
            guard let first else { throw fault("a number is expected") }
            return .index(first)
        }
        skipBlanks()
        let end = try optionalInteger()
        let afterEnd = position
        skipBlanks()
        var step: Int?
        if skip(":") {
            let afterColon = position
            skipBlanks()
            step = try optionalInteger()
            if step == nil { position = afterColon }
        } else {
            position = afterEnd
        }
        return .slice(start: first, end: end, step: step ?? 1)
    }

    private mutating func optionalInteger() throws(JSONPath.Fault) -> Int? {
        guard let next, next == "-" || Self.isDigit(next) else { return nil }
        return try integer()
    }

    private mutating func integer() throws(JSONPath.Fault) -> Int {
        let start = position
        if next == "-" { position += 1 }
        let digits = position
        while let next, Self.isDigit(next) { position += 1 }
        let written = String(String.UnicodeScalarView(text[start..<position]))
        let hasNeedlessZero = text[digits..<position].first == "0" && (position - digits > 1 || start != digits)
        guard position > digits, !hasNeedlessZero, let value = Int(written), value.magnitude <= Self.largestInteger else {
            position = start
            throw fault("a whole number without needless zeros, of at most 2^53, is expected")
        }
        return value
    }

    // MARK: - Strings

    private mutating func string() throws(JSONPath.Fault) -> String {
        guard let quote = next else { throw fault("a text in quotes is expected") }
        position += 1
        var result = String.UnicodeScalarView()
        while let scalar = next, scalar != quote {
            guard scalar.value >= 0x20 else { throw fault("a control character must be written as `\\u…`") }
            position += 1
            result.append(scalar == "\\" ? try escaped(quote) : scalar)
        }
        guard next == quote else { throw fault("the closing quote is missing") }
        position += 1
        return String(result)
    }

    private mutating func escaped(_ quote: Unicode.Scalar) throws(JSONPath.Fault) -> Unicode.Scalar {
        guard let scalar = next else { throw fault("the closing quote is missing") }
        position += 1
        switch scalar {
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "/", "\\", quote: return scalar
        case "u": return try escapedScalar()
        default:
            position -= 1
            throw fault("`\\\(scalar)` is not an escape sequence")
        }
    }

    private mutating func escapedScalar() throws(JSONPath.Fault) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), skip("\\u") else { throw fault("half a surrogate pair") }
        let second = try codeUnit()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
        else { throw fault("half a surrogate pair") }
        return scalar
    }

    private mutating func codeUnit() throws(JSONPath.Fault) -> UInt16 {
        let digits = text[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0.properties.isASCIIHexDigit }),
            let value = UInt16(String(String.UnicodeScalarView(digits)), radix: 16)
        else { throw fault("four hexadecimal digits are expected after `\\u`") }
        position += 4
        return value
    }

    // MARK: - Conditions

    private mutating func disjunction() throws(JSONPath.Fault) -> JSONPath.Condition {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth) levels") }
        let all = try separated(by: "||") { parser throws(JSONPath.Fault) in try parser.conjunction() }
        return all.count == 1 ? all[0] : .any(all)
    }

    private mutating func conjunction() throws(JSONPath.Fault) -> JSONPath.Condition {
        let all = try separated(by: "&&") { parser throws(JSONPath.Fault) in try parser.condition() }
        return all.count == 1 ? all[0] : .all(all)
    }

    private mutating func separated(
        by separator: String, _ part: (inout JSONPathParser) throws(JSONPath.Fault) -> JSONPath.Condition
    ) throws(JSONPath.Fault) -> [JSONPath.Condition] {
        var result = [try part(&self)]
        while true {
            let before = position
            skipBlanks()
            guard skip(separator) else {
                position = before
                return result
            }
            skipBlanks()
            result.append(try part(&self))
        }
    }

    private mutating func condition() throws(JSONPath.Fault) -> JSONPath.Condition {
        if skip("!") {
            skipBlanks()
            if next == "(" { return .not(try parenthesized()) }
            let start = position
            guard case .condition(let condition) = try term() else {
                position = start
                throw fault("`!` negates a query, a function or parentheses")
            }
            return .not(condition)
        }
        if next == "(" { return try parenthesized() }
        return try comparisonOrTest()
    }

    private mutating func parenthesized() throws(JSONPath.Fault) -> JSONPath.Condition {
        try expect("(")
        skipBlanks()
        let inner = try disjunction()
        skipBlanks()
        try expect(")")
        return inner
    }

    private mutating func comparisonOrTest() throws(JSONPath.Fault) -> JSONPath.Condition {
        let start = position
        let left = try term()
        let afterLeft = position
        skipBlanks()
        guard let comparison = JSONPath.Comparison.allCases.first(where: { skip($0.rawValue) }) else {
            position = afterLeft
            if case .condition(let condition) = left { return condition }
            position = start
            throw fault("a value alone is not a condition; compare it with something")
        }
        skipBlanks()
        let first = try operand(left, at: start)
        let second = position
        return .comparison(first, comparison, try operand(try term(), at: second))
    }

    /// What a condition is made of, before it is known which role it plays.
    private enum Term {
        case operand(JSONPath.Operand)
        case condition(JSONPath.Condition)
    }

    /// A term as something that has one value.
    private mutating func operand(_ term: Term, at start: Int) throws(JSONPath.Fault) -> JSONPath.Operand {
        switch term {
        case .operand(let operand):
            return operand
        case .condition(.exists(let query)) where query.isSingular:
            return .query(query)
        case .condition(.exists):
            position = start
            throw fault("a query that is compared must select one node: only names and numbers may stand in it")
        case .condition:
            position = start
            throw fault("true and false of a function cannot be compared; use it alone, or with `!`")
        }
    }

    private mutating func term() throws(JSONPath.Fault) -> Term {
        switch next {
        case "@", "$":
            return .condition(.exists(try query()))
        case "'", "\"":
            return .operand(.literal(.string(try string())))
        case let next? where next == "-" || Self.isDigit(next):
            return .operand(.literal(.number(try number())))
        case let next? where ("a"..."z").contains(next):
            return try word()
        default:
            throw fault("a condition needs `@`, `$`, a value or a function here")
        }
    }

    private mutating func query() throws(JSONPath.Fault) -> JSONPath.Query {
        let isRelative = next == "@"
        guard isRelative || next == "$" else { throw fault("a query that begins with `@` or `$` is expected") }
        position += 1
        return JSONPath.Query(isRelative: isRelative, segments: try segments())
    }

    private mutating func number() throws(JSONPath.Fault) -> Double {
        let start = position
        _ = skip("-")
        let whole = position
        while let next, Self.isDigit(next) { position += 1 }
        var isWellFormed = position > whole && (text[whole] != "0" || position - whole == 1)
        if skip(".") {
            let fraction = position
            while let next, Self.isDigit(next) { position += 1 }
            isWellFormed = isWellFormed && position > fraction
        }
        if skip("e") || skip("E") {
            if !skip("-") { _ = skip("+") }
            let exponent = position
            while let next, Self.isDigit(next) { position += 1 }
            isWellFormed = isWellFormed && position > exponent
        }
        guard isWellFormed, let value = Double(String(String.UnicodeScalarView(text[start..<position]))) else {
            position = start
            throw fault("a number as in JSON is expected")
        }
        return value
    }

    // MARK: - Functions (section 2.4)

    private mutating func word() throws(JSONPath.Fault) -> Term {
        let start = position
        while let next, ("a"..."z").contains(next) || next == "_" || Self.isDigit(next) { position += 1 }
        let name = String(String.UnicodeScalarView(text[start..<position]))
        guard skip("(") else {
            switch name {
            case "true": return .operand(.literal(.bool(true)))
            case "false": return .operand(.literal(.bool(false)))
            case "null": return .operand(.literal(.null))
            default:
                position = start
                throw fault("`\(name)` is not a value; a string needs quotes, and a member is `@.\(name)`")
            }
        }
        skipBlanks()
        let result = try call(name, at: start)
        skipBlanks()
        try expect(")")
        return result
    }

    private mutating func call(_ name: String, at start: Int) throws(JSONPath.Fault) -> Term {
        switch name {
        case "length":
            return .operand(.length(try argument()))
        case "count":
            return .operand(.count(try query()))
        case "value":
            return .operand(.value(try query()))
        case "match", "search":
            let text = try argument()
            skipBlanks()
            try expect(",")
            skipBlanks()
            return .condition(.matches(text, pattern: try argument(), isWhole: name == "match"))
        default:
            position = start
            throw fault("there is no function `\(name)`; known are length, count, match, search and value")
        }
    }

    private mutating func argument() throws(JSONPath.Fault) -> JSONPath.Operand {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth) levels") }
        let start = position
        return try operand(try term(), at: start)
    }
}
