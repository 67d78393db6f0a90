import Foundation

/// The path of a request with its query, taken apart.
struct RequestURL {
    /// As it was sent, percent-encoded.
    let path: String
    let rawQuery: String?

    init(path: String) {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.path = parts.first.map(String.init) ?? ""
        rawQuery = parts.count > 1 ? String(parts[1]) : nil
    }

    /// The query's parameters, decoded.
    var query: [(name: String, value: String)] { rawQuery.map { Self.pairs(of: $0, plusIsSpace: false) } ?? [] }

    static func pairs(of text: String, plusIsSpace: Bool) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { part in
                let text = plusIsSpace ? String(part.replacing("+", with: "%20")) : String(part)
                return text.removingPercentEncoding ?? text
            }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }
}

/// Finds the values of a path's parameters.
enum PathMatch {
    /// The values, percent-encoded, by the names that the template has for them. They
    /// are empty where the path is not of the template.
    static func values(of template: String, in url: RequestURL) -> [String: String] {
        let parts = template.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var names: [String] = []
        var pattern = "^.*?"
        var rest = parts[0][...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            pattern += NSRegularExpression.escapedPattern(for: encoded(rest[..<open]))
            names.append(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
            // Next to each other, the second one begins with the sign of style `matrix`.
            pattern += rest.hasPrefix("{") ? "([^/;]*)" : "([^/]*?)"
        }
        pattern += NSRegularExpression.escapedPattern(for: encoded(rest)) + "$"
        var values: [String: String] = [:]
        let text = url.path
        if let expression = try? NSRegularExpression(pattern: pattern),
            let match = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text))
        {
            for (index, name) in names.enumerated() {
                values[name] = Range(match.range(at: index + 1), in: text).map { String(text[$0]) }
            }
        }
        // Some descriptions have parameters in the query of their paths.
        for pair in parts.count > 1 ? RequestURL.pairs(of: parts[1], plusIsSpace: false) : []
        where pair.value.hasPrefix("{") && pair.value.hasSuffix("}") {
            values[String(pair.value.dropFirst().dropLast())] = url.query.first { $0.name == pair.name }?.value
        }
        return values
    }

    /// What a request has in place of a literal part of the template.
    private static func encoded(_ literal: Substring) -> String {
        String(literal.replacing(" ", with: "%20"))
    }
}
