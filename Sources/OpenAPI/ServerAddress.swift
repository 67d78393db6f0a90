import Source

/// The URL of a server (OpenAPI Server Object, `url`) without what no request to it
/// can have, and with a scheme where only that is missing.
struct ServerAddress {
    let text: String

    init(_ url: String, at location: SourceLocation, _ diagnostics: Diagnostics) {
        var text = url
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        let hasNoScheme = text.hasPrefix("//")
        if hasNoScheme { text = "https:" + text }
        if let scheme = text.firstRange(of: "://") {
            // First of all, so that no message shows a password.
            if let at = text[scheme.upperBound...].prefix(while: { $0 != "/" && $0 != "?" && $0 != "#" }).lastIndex(of: "@") {
                text.removeSubrange(scheme.upperBound...at)
                diagnostics.warn(.invalidServer, "the server's URL has a user name; it is left out, since the caller passes credentials", at: location)
            }
            if !text[scheme.upperBound...].prefix(while: { $0 != "/" }).utf8.allSatisfy({ $0 < 0x80 }) {
                diagnostics.warn(.invalidServer, "the server's name in `\(text)` is not ASCII; write it as `xn--…` (RFC 5891)", at: location)
            }
        }
        if hasNoScheme { diagnostics.warn(.invalidServer, "the server `\(text)` is described without a scheme; `https` is used", at: location) }
        if let end = text.firstIndex(where: { $0 == "?" || $0 == "#" }) {
            let rest = text[end...].first == "?" ? "query" : "fragment"
            text = String(text[..<end])
            diagnostics.warn(.invalidServer, "the server `\(text)` has a \(rest), which cannot stand before a path; it is left out", at: location)
        }
        self.text = text
    }
}
