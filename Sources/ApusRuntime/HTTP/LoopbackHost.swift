/// Hosts that are this machine.
public enum LoopbackHost {
    /// Whether `host`, without brackets or port, is `localhost`, `::1` or in
    /// 127.0.0.0/8. A name that only begins like such an address is not.
    public static func matches(_ host: some StringProtocol) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            part.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } && UInt8(part) != nil
        }
    }

    /// The same for an authority, which may have brackets and a port (RFC 3986 section 3.2).
    public static func matches(authority: some StringProtocol) -> Bool {
        if authority.hasPrefix("[") { return matches(authority.dropFirst().prefix { $0 != "]" }) }
        return matches(authority.prefix { $0 != ":" })
    }
}
