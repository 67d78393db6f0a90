/// Tells whether a host is this machine, where plain http is no risk.
public enum LoopbackAddress {
    /// Whether `host` is `localhost`, `::1` or in 127.0.0.0/8 (RFC 1122
    /// section 3.2.1.3). A name that only begins like such an address is not.
    ///
    /// - Parameter host: A host name or an address, without a port. The
    ///   brackets around an IPv6 address may be there.
    public static func isLoopback(host: String) -> Bool {
        var host = host[...]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        let name = host.lowercased()
        if name == "localhost" || name == "::1" || name == "0:0:0:0:0:0:0:1" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            part.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } && UInt8(part) != nil
        }
    }

    /// Whether the host of `authority` is this machine.
    ///
    /// - Parameter authority: Host and port (RFC 3986 section 3.2). One with a
    ///   user name is never a loopback address:
    ///   `127.0.0.1@example.com` is somebody else's.
    public static func isLoopback(authority: String) -> Bool {
        Authority(authority).map { isLoopback(host: $0.host) } ?? false
    }
}
