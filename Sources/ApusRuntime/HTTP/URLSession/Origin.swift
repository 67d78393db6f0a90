/// Scheme, host and port: what credentials are bound to (RFC 6454 section 4).
struct Origin: Hashable, Sendable {
    let scheme: String
    let host: String
    let port: UInt16

    /// - Parameter authority: A host with an optional port. `nil` if it is something
    ///   else, such as one with a user name, which must not be sent (RFC 9110 section 4.2.4).
    init?(scheme: String, authority: String) {
        let scheme = scheme.lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        self.scheme = scheme
        let isAddress = authority.hasPrefix("[")
        let hostEnd: String.Index
        if isAddress {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            hostEnd = authority.index(after: end)
        } else {
            hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        host = authority[..<hostEnd].lowercased()
        let isHost = host.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                true
            case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"):
                isAddress
            case UInt8(ascii: "%"):
                true
            default:
                false
            }
        }
        guard isHost, !host.isEmpty else { return nil }
        var rest = authority[hostEnd...]
        if rest.isEmpty || rest == ":" {
            port = scheme == "https" ? 443 : 80
        } else {
            guard rest.removeFirst() == ":", rest.utf8.allSatisfy({ (48...57).contains($0) }), let port = UInt16(rest) else {
                return nil
            }
            self.port = port
        }
    }
}
