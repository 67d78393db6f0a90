/// A name taken apart into words, and put together again the Swift way.
///
/// Any text will do: `created_at`, `repos/get`, `HTTPServer`, `+1`, `👍`.
public struct Words: Sendable {
    private var words: [String] = []
    /// Whether runs of capitals are words of their own (`ABTest`) and not just
    /// the author's habit (`IN_PROGRESS`).
    private let keepsCapitals: Bool

    public init(_ text: String) {
        keepsCapitals = text.contains { $0.isLowercase }
        split(text)
        // `OAuth` is one word, although it is spelled like two.
        if let index = words.indices.dropLast().first(where: { words[$0] == "O" && words[$0 + 1].hasPrefix("Auth") }) {
            words.replaceSubrange(index...index + 1, with: ["O" + words[index + 1]])
        }
    }

    private init(words: [String]) {
        self.words = words
        keepsCapitals = true
    }

    /// The words of all of them, one after the other.
    public init(joining parts: [Words]) {
        self.init(words: parts.flatMap { part in part.words.map(part.capitalized) })
    }

    public var isEmpty: Bool { words.isEmpty }

    public static func + (left: Words, right: Words) -> Words {
        Words(words: left.words.map(left.capitalized) + right.words.map(right.capitalized))
    }

    /// Without the leading words that meet a condition, unless that is all of them.
    public func dropping(while condition: (String) -> Bool) -> Words {
        let rest = words.drop(while: condition)
        return rest.isEmpty ? self : Words(words: rest.map(capitalized))
    }

    /// Without a run of words that stands in it, in any case; nil where it does
    /// not, or where nothing would be left.
    public func removing(_ other: Words) -> Words? {
        guard !other.words.isEmpty, words.count > other.words.count else { return nil }
        let wanted = other.words.map { $0.lowercased() }
        for start in 0...(words.count - wanted.count) {
            let end = start + wanted.count
            guard words[start..<end].map({ $0.lowercased() }) == wanted else { continue }
            return Words(words: (words[..<start] + words[end...]).map(capitalized))
        }
        return nil
    }

    /// Whether something is missing at the end: `addTo`.
    public var endsWithPreposition: Bool {
        ["to", "from", "of", "by", "for", "in", "on", "with", "at", "and", "or", "as", "into"].contains(words.last?.lowercased() ?? "")
    }

    /// Whether this is one of the words, in any case.
    public func contains(_ word: String) -> Bool {
        words.contains { $0.lowercased() == word }
    }

    /// Whether there is a word that is none of these, and no number.
    public func isAbout(anythingBut words: Set<String>) -> Bool {
        self.words.contains { !words.contains($0.lowercased()) && Int($0) == nil }
    }

    /// `UserID`, `HTTPServer`: for types.
    public var upperCamel: String {
        Self.startingWithLetter(Self.joined(words.map(capitalized)))
    }

    /// `userID`, `httpServer`: for everything else.
    public var lowerCamel: String {
        guard let first = words.first else { return "_" }
        return Self.startingWithLetter(Self.joined([first.lowercased()] + words.dropFirst().map(capitalized)))
    }

    /// The words as one. Two numbers stay two: `1.0` is not `10`.
    private static func joined(_ words: [String]) -> String {
        var result = ""
        for word in words {
            if result.last?.isNumber == true, word.first?.isNumber == true { result += "_" }
            result += word
        }
        return result
    }

    /// The last word in the singular, for the elements of a collection.
    public var singular: Words? {
        guard let last = words.last, let one = Self.singular(last), !one.isEmpty else { return nil }
        return Words(words: words.dropLast() + [one])
    }

    private mutating func split(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        if !scalars.contains(where: Self.isWordScalar) {
            words = scalars.flatMap(Self.spelledOut)
            return
        }
        if let sign = scalars.first, sign == "+" || sign == "-" {
            words += Self.spelledOut(sign)
        }
        var word = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            guard Self.isWordScalar(scalar) else {
                finish(&word)
                // A `#` in the middle sets apart, as in `files#update`.
                if index > 0, scalar != "#" || index == scalars.count - 1, let name = Self.spelledOutInside[scalar] { words.append(name) }
                continue
            }
            if let previous = word.last, Self.isBoundary(previous, scalar, at: index, in: scalars) {
                finish(&word)
            }
            word.append(scalar)
        }
        finish(&word)
    }

    private mutating func finish(_ word: inout String.UnicodeScalarView) {
        guard !word.isEmpty else { return }
        words.append(String(word))
        word.removeAll()
    }

    private static func isBoundary(
        _ previous: Unicode.Scalar, _ scalar: Unicode.Scalar, at index: Int, in scalars: [Unicode.Scalar]
    ) -> Bool {
        guard isUppercase(scalar) else { return false }
        guard isUppercase(previous) else { return true }
        // `HTTPServer` breaks before `S`; `userIDs` does not break before `D`.
        guard index + 1 < scalars.count, scalars[index + 1].properties.isLowercase else { return false }
        let isPlural =
            scalars[index + 1] == "s"
            && (index + 2 == scalars.count || !scalars[index + 2].properties.isLowercase)
        return !isPlural
    }

    /// Asking Unicode about ASCII is what most of the time of naming went into.
    private static func isUppercase(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? ("A"..."Z").contains(scalar) : scalar.properties.isUppercase
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case _ where scalar.isASCII: false
        default: scalar.properties.isXIDContinue && !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private func capitalized(_ word: String) -> String {
        if let acronym = Self.acronyms[word.lowercased()] { return acronym }
        guard let first = word.first else { return word }
        let rest = word.dropFirst()
        let keeps = keepsCapitals || !word.contains { $0.isLetter }
        return first.uppercased() + (keeps ? String(rest) : rest.lowercased())
    }

    private static func startingWithLetter(_ name: String) -> String {
        guard let first = name.unicodeScalars.first else { return "_" }
        return first.properties.isXIDStart ? name : "_" + name
    }

    /// Names for what has no letters: `+` is `plus`, `👍` is `thumbsUpSign`.
    private static func spelledOut(_ scalar: Unicode.Scalar) -> [String] {
        if let known = symbols[scalar] { return [known] }
        guard scalar.properties.generalCategory != .control, let name = scalar.properties.name,
            !scalar.properties.isDefaultIgnorableCodePoint
        else { return [] }
        return name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func singular(_ word: String) -> String? {
        let lower = word.lowercased()
        // `Res` is a result, not several of `Re`.
        if lower.count < 3 || lower == "res" { return nil }
        for ending in ["ss", "us", "is", "news", "series", "species"] where lower.hasSuffix(ending) { return nil }
        if let one = irregular[lower] { return one }
        if ["movies", "cookies", "caches"].contains(lower) { return String(word.dropLast()) }
        if lower.hasSuffix("ies"), lower.count > 4 { return word.dropLast(3) + "y" }
        let longer = ["sses", "xes", "ches", "shes", "zzes", "iases", "tuses", "ruses", "nuses", "puses", "buses", "lenses"]
        for ending in longer where lower.hasSuffix(ending) { return String(word.dropLast(2)) }
        return lower.hasSuffix("s") ? String(word.dropLast()) : nil
    }

    private static let irregular = [
        "axes": "axis", "indices": "index", "vertices": "vertex", "matrices": "matrix", "analyses": "analysis",
        "children": "child", "people": "person",
    ]

    private static let symbols: [Unicode.Scalar: String] = [
        "+": "plus", "-": "minus", "*": "asterisk", "/": "slash", "%": "percent", "=": "equal",
        "<": "less", ">": "greater", "!": "not", "&": "and", "|": "or", "~": "tilde", "^": "caret",
        "@": "at", "#": "hash", "$": "dollar", "?": "question", ".": "dot", ",": "comma", ":": "colon",
        ";": "semicolon", "_": "underscore", " ": "space", "(": "open", ")": "close",
    ]

    /// What says something between letters and digits too: `C++`, `C#` and `GMT+1`.
    private static let spelledOutInside: [Unicode.Scalar: String] = ["+": "plus", "#": "sharp"]

    private static let acronyms: [String: String] = {
        var result = ["oauth": "OAuth", "oauth2": "OAuth2"]
        for word in [
            "id", "url", "uri", "urn", "uuid", "guid", "http", "https", "html", "xml", "json", "yaml", "api", "ip",
            "sql", "css", "ssh", "ssl", "tls", "dns", "pdf", "csv", "ui", "utc", "sms", "jwt", "tcp", "udp", "ssn",
            "iban", "bic", "vat", "cpu", "gpu", "sdk", "rss", "svg", "png", "mfa", "sso", "saml", "ldap", "gps",
        ] {
            result[word] = word.uppercased()
            result[word + "s"] = word.uppercased() + "s"
        }
        result["https"] = "HTTPS"
        return result
    }()
}
