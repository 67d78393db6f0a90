import TextScanning

/// Addresses of files: paths, and `http` and `https` URLs, in a normal form, so
/// that the same file by another spelling is the same address.
public enum FileAddress {
    /// Whether it is a URL of another host.
    public static func isRemote(_ address: String) -> Bool {
        address.hasPrefix("http://") || address.hasPrefix("https://")
    }

    /// The normal form of a path or URL.
    public static func normalized(_ address: String) -> String {
        guard let scheme = scheme(of: address) else { return withoutDotSegments(address) }
        guard scheme == "http" || scheme == "https" else { return address }
        return normalizedURL(address, scheme)
    }

    /// What a reference stands for in the file at `base` (RFC 3986 section 5.2).
    ///
    /// - Parameters:
    ///   - reference: As it is written, without the fragment.
    ///   - base: An address in its normal form.
    public static func resolve(_ reference: String, against base: String) -> String {
        if let scheme = scheme(of: reference) {
            // What is fetched from elsewhere has no say about files of this machine.
            if scheme == "file", !isRemote(base) { return path(ofFileURL: reference) }
            return normalized(reference)
        }
        if scheme(of: base) != nil { return resolveURL(reference, against: base) }
        // Authors on Windows write paths as they know them; a query says nothing of a file.
        let path = PercentEncoding.decoded(String(reference.prefix { $0 != "?" })).replacing("\\", with: "/")
        return path.hasPrefix("/") ? withoutDotSegments(path) : withoutDotSegments(folder(of: base) + path)
    }

    /// Everything up to the last slash.
    static func folder(of address: String) -> String {
        address.lastIndex(of: "/").map { String(address[...$0]) } ?? ""
    }

    /// Everything after the last slash.
    public static func name(of address: String) -> String {
        String(address.dropFirst(folder(of: address).count))
    }

    /// The scheme of an absolute URI, in lower case. One letter is a drive of Windows.
    static func scheme(of text: String) -> String? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let scheme = text[..<colon]
        guard scheme.utf8.count > 1, let first = scheme.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic,
            scheme.utf8.allSatisfy({ isLetterOrDigit($0) || "+-.".utf8.contains($0) })
        else { return nil }
        return scheme.lowercased()
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    private static func path(ofFileURL url: String) -> String {
        var path = url.dropFirst("file:".count)
        if path.hasPrefix("//") {
            path = path.dropFirst(2)
            path = path.firstIndex(of: "/").map { path[$0...] } ?? ""
        }
        return withoutDotSegments(PercentEncoding.decoded(String(path)))
    }

    // MARK: - URLs

    private static func resolveURL(_ reference: String, against base: String) -> String {
        guard let authority = base.firstRange(of: "://") else { return reference }
        let scheme = String(base[..<authority.lowerBound])
        if reference.hasPrefix("//") { return normalized(scheme + ":" + reference) }
        let rest = base[authority.upperBound...]
        let host = base[..<(rest.firstIndex { $0 == "/" || $0 == "?" } ?? base.endIndex)]
        if reference.hasPrefix("/") { return normalized(host + reference) }
        let withoutQuery = base.prefix { $0 != "?" }
        if reference.hasPrefix("?") { return normalized(withoutQuery + reference) }
        if reference.isEmpty { return base }
        return normalized(folder(of: String(withoutQuery)) + reference)
    }

    private static func normalizedURL(_ url: String, _ scheme: String) -> String {
        var rest = url.dropFirst(scheme.utf8.count + 1).drop { $0 == "/" }[...]
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        rest = rest.dropFirst(host.count)
        let path = rest.prefix { $0 != "?" }
        let query = rest.dropFirst(path.count)
        return scheme + "://" + host.lowercased()
            + PercentEncoding.encodedWhereNeeded((path.isEmpty ? "/" : withoutDotSegments(String(path))) + query)
    }

    /// `a/./b/../c` is `a/c`; what leads out of a relative path stays.
    private static func withoutDotSegments(_ path: String) -> String {
        guard path.utf8.contains(UInt8(ascii: ".")) || path.contains("//") else { return path }
        let isAbsolute = path.hasPrefix("/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") {
            switch part {
            case ".": break
            case ".." where parts.isEmpty || parts.last == "..":
                if !isAbsolute { parts.append(part) }
            case "..": parts.removeLast()
            default: parts.append(part)
            }
        }
        return (isAbsolute ? "/" : "") + parts.joined(separator: "/") + (path.hasSuffix("/") && !parts.isEmpty ? "/" : "")
    }
}
