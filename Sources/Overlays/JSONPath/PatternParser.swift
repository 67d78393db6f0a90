/// A pattern as its grammar has it.
indirect enum PatternTree {
    case scalars(Scalars)
    case sequence([PatternTree])
    case alternatives([PatternTree])
    /// No limit where there is no most.
    case repeated(PatternTree, least: Int, most: Int?)
}

/// Reads the grammar of RFC 9485, section 3. The multi-character escapes of XML Schema that
/// it leaves out (`\d`, `\s`, `\w`) are understood, as many write them.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    private static let deepest = 200
    private static let mostRepetitions = 1_000

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// - Returns: `nil` if the text is not a pattern.
    mutating func pattern() -> PatternTree? {
        guard let tree = alternatives(), index == scalars.count else { return nil }
        return tree
    }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    private mutating func alternatives() -> PatternTree? {
        var branches: [PatternTree] = []
        repeat {
            var pieces: [PatternTree] = []
            while let scalar = next, scalar != "|", scalar != ")" {
                guard let piece = piece() else { return nil }
                pieces.append(piece)
            }
            branches.append(.sequence(pieces))
        } while take("|")
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func piece() -> PatternTree? {
        guard let atom = atom() else { return nil }
        if take("*") { return .repeated(atom, least: 0, most: nil) }
        if take("+") { return .repeated(atom, least: 1, most: nil) }
        if take("?") { return .repeated(atom, least: 0, most: 1) }
        guard take("{") else { return atom }
        guard let least = number() else { return nil }
        if take("}") { return .repeated(atom, least: least, most: least) }
        guard take(",") else { return nil }
        if take("}") { return .repeated(atom, least: least, most: nil) }
        guard let most = number(), most >= least, take("}") else { return nil }
        return .repeated(atom, least: least, most: most)
    }

    private mutating func number() -> Int? {
        var result: Int?
        while let scalar = next, ("0"..."9").contains(scalar) {
            result = (result ?? 0) * 10 + Int(scalar.value - 0x30)
            guard let result, result <= Self.mostRepetitions else { return nil }
            index += 1
        }
        return result
    }

    private mutating func atom() -> PatternTree? {
        guard let scalar = next else { return nil }
        index += 1
        switch scalar {
        case "(":
            depth += 1
            defer { depth -= 1 }
            guard depth <= Self.deepest, let inner = alternatives(), take(")") else { return nil }
            return inner
        case ".": return .scalars(.dot)
        case "[": return set().map(PatternTree.scalars)
        case "\\": return escape().map { .scalars($0) }
        case "*", "+", "?", "{", "}", "]": return nil
        default: return .scalars(Scalars(elements: [.range(scalar...scalar)]))
        }
    }

    /// After `\`.
    private mutating func escape() -> Scalars? {
        guard let scalar = next else { return nil }
        index += 1
        switch scalar {
        case "n": return Scalars(elements: [.range("\n"..."\n")])
        case "r": return Scalars(elements: [.range("\r"..."\r")])
        case "t": return Scalars(elements: [.range("\t"..."\t")])
        case "p", "P":
            guard take("{") else { return nil }
            var name = ""
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                index += 1
            }
            guard take("}"), Scalars.isCategory(name) else { return nil }
            return Scalars(elements: [.category(name, isNegated: scalar == "P")])
        case "d", "D": return Scalars(elements: [.category("Nd", isNegated: scalar == "D")])
        case "s", "S": return Scalars(elements: [" ", "\t", "\n", "\r"].map { .range($0...$0) }, isNegated: scalar == "S")
        case "w", "W":
            let letters = ["L", "M", "N", "S"].map { Scalars.Element.category($0, isNegated: false) }
            return Scalars(elements: letters + [.range("_"..."_")], isNegated: scalar == "W")
        case "(", ")", "*", "+", "-", ".", "?", "[", "\\", "]", "^", "{", "|", "}", "$", "/":
            return Scalars(elements: [.range(scalar...scalar)])
        default: return nil
        }
    }

    /// After `[`.
    private mutating func set() -> Scalars? {
        var result = Scalars(elements: [])
        result.isNegated = take("^")
        var isFirst = true
        while let scalar = next {
            index += 1
            if scalar == "]", !isFirst { return result }
            isFirst = false
            guard scalar != "[", scalar != "]" else { return nil }
            guard scalar != "\\" else {
                guard let escaped = escape() else { return nil }
                if case .range(let range)? = escaped.elements.first, escaped.elements.count == 1, !escaped.isNegated {
                    guard let element = range.lowerBound == range.upperBound ? self.range(from: range.lowerBound) : nil else { return nil }
                    result.elements.append(element)
                } else {
                    guard !escaped.isNegated else { return nil }
                    result.elements += escaped.elements
                }
                continue
            }
            guard let element = self.range(from: scalar) else { return nil }
            result.elements.append(element)
        }
        return nil
    }

    /// A scalar of a set, or the range that it begins.
    private mutating func range(from first: Unicode.Scalar) -> Scalars.Element? {
        guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]", first != "-" else { return .range(first...first) }
        index += 1
        var last = scalars[index]
        index += 1
        if last == "\\" {
            guard case .range(let range)? = escape()?.elements.first else { return nil }
            last = range.lowerBound
        }
        return last >= first ? .range(first...last) : nil
    }
}
