/// Scheme, host and port: what credentials are bound to (RFC 6454 section 4).
package struct Origin: Hashable, Sendable {
    package let scheme: String
    package let host: String
    package let port: UInt16

    /// - Parameter authority: A host with an optional port; `nil` if it is something
    ///   else, and if the scheme is neither http nor https.
    package init?(scheme: String, authority: String) {
        let scheme = scheme.lowercased()
        guard scheme == "http" || scheme == "https", let authority = Authority(authority) else { return nil }
        self.scheme = scheme
        host = authority.host
        port = authority.port ?? (scheme == "https" ? 443 : 80)
    }

    /// The origin of an absolute URL; `nil` if it is not http or https, or has
    /// a user name.
    package init?(url: String) {
        guard let colon = url.firstRange(of: "://") else { return nil }
        let rest = url[colon.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        self.init(scheme: String(url[..<colon.lowerBound]), authority: String(rest[..<end]))
    }
}
