import ApusRuntime
import HTTPTypes

/// An endpoint of the authorization server: an https URL, or an http one on a
/// loopback address.
struct Endpoint: Sendable, Hashable {
    let scheme: String
    /// Host and port as written.
    let authority: String
    /// Path and query, never empty.
    let path: String

    /// The URL as text.
    var url: String { "\(scheme)://\(authority)\(path)" }

    /// Scheme, host and port.
    var origin: String { "\(scheme)://\(authority)".lowercased() }

    /// Takes a description's URL apart.
    ///
    /// - Parameters:
    ///   - url: Absolute, or relative to `serverURL`.
    ///   - serverURL: The base URL of the API's server, without a slash at the
    ///     end.
    init(_ url: String, serverURL: String) throws(OAuth2Error) {
        let text = Self.absolute(url, serverURL: serverURL)
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let colon = text.firstRange(of: "://"),
            !text.contains("#")
        else { throw .invalidEndpoint(url: Self.withoutQuery(url)) }
        let rest = text[colon.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = String(rest[..<end])
        let scheme = text[..<colon.lowerBound].lowercased()
        guard let host = Authority(authority)?.hostWithoutBrackets, scheme == "https" || scheme == "http" else {
            throw .invalidEndpoint(url: Self.withoutQuery(url))
        }
        // RFC 6749 sections 3.1 and 3.2: TLS, as credentials are sent in clear
        // text.
        guard scheme == "https" || LoopbackAddress.isLoopback(host: host) else { throw .insecureEndpoint(host: host) }
        self.scheme = scheme
        self.authority = authority
        self.path = rest[end...].first == "/" ? String(rest[end...]) : "/" + rest[end...]
    }

    private init(scheme: String, authority: String, path: String) {
        self.scheme = scheme
        self.authority = authority
        self.path = path
    }

    /// The endpoint with parameters added to its query. What its query has
    /// already is kept (RFC 6749 section 3.1).
    func adding(_ parameters: [(name: String, value: String)]) -> Endpoint {
        if parameters.isEmpty { return self }
        let query = parameters
            .map { PercentEncoding.component($0.name) + "=" + PercentEncoding.component($0.value) }
            .joined(separator: "&")
        let separator =
            if !path.contains("?") { "?" } else if path.hasSuffix("?") || path.hasSuffix("&") { "" } else { "&" }
        return Endpoint(scheme: scheme, authority: authority, path: path + separator + query)
    }

    private static func absolute(_ url: String, serverURL: String) -> String {
        if url.firstRange(of: "://") != nil, !url.hasPrefix("/") { return url }
        let server = serverURL.hasSuffix("/") ? String(serverURL.dropLast()) : serverURL
        guard let colon = server.firstRange(of: "://") else { return url }
        if url.hasPrefix("//") { return server[..<colon.lowerBound] + ":" + url }
        if url.hasPrefix("/") {
            let end = server[colon.upperBound...].firstIndex { $0 == "/" || $0 == "?" } ?? server.endIndex
            return server[..<end] + url
        }
        return server + "/" + url
    }

    /// What may be shown of a URL. Bytes, as a combining mark after `?` is one Character with it.
    private static func withoutQuery(_ url: String) -> String {
        let end = url.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? url.endIndex
        return Redaction([]).clean(String(url[..<end]))
    }
}
