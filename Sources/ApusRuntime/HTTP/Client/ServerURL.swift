/// A server's base URL, taken apart.
struct ServerURL: Sendable {
    let scheme: String
    let authority: String
    /// Without a slash at the end.
    let path: String
    let query: String

    /// - Parameter base: What a URL that begins with `/` is relative to.
    init?(_ text: String, relativeTo base: ServerURL? = nil) {
        if text.hasPrefix("/"), !text.hasPrefix("//"), let base {
            self.init(scheme: base.scheme, authority: base.authority, rest: text[...])
            return
        }
        guard let separator = text.range(of: "://") else { return nil }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { return nil }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        // A name and a password in a URL would end up in logs.
        guard !authority.isEmpty, !authority.contains("@"), authority.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        self.init(scheme: scheme, authority: String(authority), rest: rest.dropFirst(authority.count))
    }

    private init(scheme: String, authority: String, rest: Substring) {
        self.scheme = scheme
        self.authority = authority
        var path = rest.prefix { $0 != "?" && $0 != "#" }
        let tail = rest.dropFirst(path.count)
        query = tail.hasPrefix("?") ? String(tail.dropFirst().prefix { $0 != "#" }) : ""
        while path.hasSuffix("/") { path.removeLast() }
        self.path = PercentEncoding.encode(String(path), .path)
    }

    /// Whether a request to this server may carry credentials: to others only over TLS.
    var isSecure: Bool {
        scheme == "https" || LoopbackHost.matches(authority: authority)
    }
}
