/// The status codes that a description gives one response for: `404`, `400...499` or `.default`.
public struct StatusPattern: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// How exactly a pattern matches. An exact code goes before a range, a range before the default.
    enum Precision: Int, Comparable {
        case anything, range, exact

        static func < (left: Precision, right: Precision) -> Bool { left.rawValue < right.rawValue }
    }

    private let lowest: Int
    private let highest: Int
    private let isDefault: Bool

    /// One status code.
    public init(integerLiteral code: Int) {
        self.init(lowest: code, highest: code)
    }

    private init(lowest: Int, highest: Int, isDefault: Bool = false) {
        self.lowest = lowest
        self.highest = highest
        self.isDefault = isDefault
    }

    /// Every status code that no other pattern matches.
    public static let `default` = StatusPattern(lowest: .min, highest: .max, isDefault: true)

    /// A range of status codes.
    // Without the attribute, `let digits = 0...9` would be a pattern in every
    // file that imports this module: of two overloads that fit, the compiler
    // takes the one that is not generic.
    @_disfavoredOverload
    public static func ... (lowest: StatusPattern, highest: StatusPattern) -> StatusPattern {
        StatusPattern(lowest: lowest.lowest, highest: highest.highest)
    }

    /// How exactly this matches a status code; `nil` if it does not.
    func precision(for code: Int) -> Precision? {
        if isDefault { return .anything }
        guard lowest <= code, code <= highest else { return nil }
        return lowest == highest ? .exact : .range
    }
}

extension Sequence {
    /// The element whose pattern matches `code` most exactly, the first of equals.
    func bestMatch(
        for code: Int, atLeast least: StatusPattern.Precision = .anything, pattern: (Element) -> StatusPattern
    ) -> Element? {
        var best: (element: Element, precision: StatusPattern.Precision)?
        for element in self {
            guard let precision = pattern(element).precision(for: code), precision >= least else { continue }
            if let best, best.precision >= precision { continue }
            best = (element, precision)
        }
        return best?.element
    }
}
