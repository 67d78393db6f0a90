/// A URL reference taken apart (RFC 3986 section 4.1), without touching its percent-encoding.
package struct URLReference {
    private var scheme: String?
    private var authority: String?
    private var path: Substring
    private var query: Substring?

    package init(_ reference: String) {
        var rest = reference[...].prefix { $0 != "#" }
        if let question = rest.firstIndex(of: "?") {
            query = rest[rest.index(after: question)...]
            rest = rest[..<question]
        }
        if let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains("/") {
            scheme = rest[..<colon].lowercased()
            rest = rest[rest.index(after: colon)...]
        }
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            authority = String(rest[..<end])
            rest = rest[end...]
        }
        path = rest
    }

    /// Path and query of the URL this reference stands for (RFC 3986 section 5.2).
    ///
    /// - Parameters:
    ///   - base: Path and query of the URL it was found at.
    ///   - origin: That URL's origin.
    /// - Returns: `nil` if the URL has another origin.
    package func resolved(against base: String, origin: Origin) -> String? {
        if let authority {
            guard Origin(scheme: scheme ?? origin.scheme, authority: authority) == origin else { return nil }
        } else if scheme != nil {
            return nil
        }
        let basePath = base.prefix { $0 != "?" }
        let target: String
        var query = query
        if authority != nil || path.hasPrefix("/") {
            target = path.isEmpty ? "/" : Self.withoutDotSegments(path)
        } else if path.isEmpty {
            target = String(basePath)
            if query == nil, let question = base.firstIndex(of: "?") { query = base[base.index(after: question)...] }
        } else {
            let directory = basePath.lastIndex(of: "/").map { basePath[...$0] } ?? "/"
            target = Self.withoutDotSegments(directory + path)
        }
        return query.map { "\(target)?\($0)" } ?? target
    }

    /// RFC 3986 section 5.2.4 for a path that starts with a slash.
    private static func withoutDotSegments(_ path: Substring) -> String {
        var kept: [Substring] = []
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".":
                if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default:
                kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}
