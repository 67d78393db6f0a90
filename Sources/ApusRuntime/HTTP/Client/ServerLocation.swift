/// Where requests go: a server's base URL, taken apart.
struct ServerLocation: Sendable, Hashable {
    let scheme: String
    /// Host and port as written.
    let authority: String
    /// Percent-encoded, without a slash at the end; often empty.
    let basePath: String

    /// The URL again, without a slash at the end.
    var url: String { "\(scheme)://\(authority)\(basePath)" }

    /// - Throws: If it is not an absolute http or https URL, or if it has a user
    ///   name (RFC 9110 section 4.2.4), a query or a fragment, which would be lost.
    init(_ url: String) throws(ServerURLError) {
        guard let colon = url.firstRange(of: "://") else { throw .notAbsolute }
        let scheme = url[..<colon.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { throw .unsupportedScheme }
        let rest = url[colon.upperBound...]
        if rest.contains(where: { $0 == "?" || $0 == "#" }) { throw .queryOrFragment }
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = String(rest[..<end])
        if authority.contains("@") { throw .userName }
        guard Authority(authority) != nil else { throw .invalidHost }
        self.init(scheme: scheme, authority: authority, path: rest[end...])
    }

    /// The location of an operation's own server.
    ///
    /// - Parameter url: Absolute, or a path on the same host (OpenAPI Server Object, `url`).
    func server(at url: String) throws(ServerURLError) -> ServerLocation {
        guard url.hasPrefix("/"), !url.hasPrefix("//") else {
            return try ServerLocation(url.hasPrefix("//") ? scheme + ":" + url : url)
        }
        if url.contains(where: { $0 == "?" || $0 == "#" }) { throw .queryOrFragment }
        return ServerLocation(scheme: scheme, authority: authority, path: url[...])
    }

    private init(scheme: String, authority: String, path: Substring) {
        self.scheme = scheme
        self.authority = authority
        var path = path
        while path.hasSuffix("/") { path = path.dropLast() }
        var encoded = ""
        PercentEncoding.append(String(path), to: &encoded, keeping: .path, keepsTriplets: true)
        basePath = encoded
    }

    /// The request target (RFC 9112 section 3.2.1): path and query on this server.
    func target(_ path: String) -> String {
        if path.hasPrefix("/") { return basePath.isEmpty ? path : basePath + path }
        // An empty path is the base path itself.
        if path.isEmpty || path.hasPrefix("?") { return (basePath.isEmpty ? "/" : basePath) + path }
        return basePath + "/" + path
    }
}

/// Why a server's URL cannot be used. No case shows the URL, which may hold a password.
public enum ServerURLError: ReportableError, Hashable {
    /// It does not begin with `https://` or `http://`.
    case notAbsolute
    /// Its scheme is neither https nor http.
    case unsupportedScheme
    /// Its host or its port is missing or malformed. Names that are not in ASCII have to be in Punycode.
    case invalidHost
    /// It has a user name. Use a credential.
    case userName
    /// It has a query or a fragment, which a base URL cannot.
    case queryOrFragment

    public var description: String {
        switch self {
        case .notAbsolute: "the server's URL is not absolute; it begins with https:// or http://"
        case .unsupportedScheme: "the server's URL is neither https nor http"
        case .invalidHost: "the server's URL has no valid host and port"
        case .userName: "the server's URL has a user name; use a credential instead"
        case .queryOrFragment: "the server's URL has a query or a fragment, which a base URL cannot have"
        }
    }
}
