import HTTPTypes

/// A key in a header field, a query parameter or a cookie (OpenAPI Security
/// Scheme Object, `apiKey`).
public struct APIKey: Credential {
    /// Where a key is sent.
    public enum Place: Sendable, Hashable {
        case header, query, cookie
    }

    /// The key.
    public var key: Secret

    /// Where it is sent.
    public var place: Place

    /// The name of the field, the parameter or the cookie.
    public var name: String

    public init(_ key: Secret, in place: Place, name: String) {
        self.key = key
        self.place = place
        self.name = name
    }

    public func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {
        switch place {
        case .header:
            guard let field = HTTPField.Name(name) else { return }
            request.headerFields[field] = key.exposed
        case .query:
            let path = request.path ?? "/"
            let pair = "\(PercentEncoding.encode(name, .unreserved))=\(PercentEncoding.encode(key.exposed, .unreserved))"
            request.path = path + (path.contains("?") ? "&" : "?") + pair
        case .cookie:
            let pair = "\(PercentEncoding.encode(name, .unreserved))=\(PercentEncoding.encode(key.exposed, .cookie))"
            request.headerFields[.cookie] = request.headerFields[.cookie].map { "\($0); \(pair)" } ?? pair
        }
    }
}
