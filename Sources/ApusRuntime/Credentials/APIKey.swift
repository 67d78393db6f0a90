public import HTTPTypes

/// A key in a header field, the query or a cookie: the security scheme `apiKey`.
public struct APIKey: Credential {
    /// Where the key goes.
    public enum Place: Sendable, Hashable {
        /// In a header field.
        case header
        /// In the query.
        case query
        /// In a cookie.
        case cookie
    }

    private let key: Secret
    private let place: Place
    private let name: String

    /// Creates a credential.
    ///
    /// - Parameter name: The name of the header field, the query's parameter or the cookie.
    public init(_ key: Secret, in place: Place, name: String) {
        self.key = key
        self.place = place
        self.name = name
    }

    /// Adds the key. One of the same name that is there is replaced, in the
    /// query it is added to.
    public func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {
        switch place {
        case .header:
            guard let field = HTTPField.Name(name) else { throw failed(.illegalName) }
            try request.headerFields.setSecret(field, key.exposed, scheme: scheme)
        case .query:
            var path = request.path ?? "/"
            path += path.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
            PercentEncoding.append(name, to: &path, keeping: .unreserved)
            path += "="
            PercentEncoding.append(key.exposed, to: &path, keeping: .unreserved)
            request.path = path
        case .cookie:
            // A server reads back what it has set, so the value is not encoded.
            let pair = name + "=" + key.exposed
            guard CookieField.isValid(pair) else { throw failed(.illegalCharacters) }
            CookieField.append(pair, to: &request.headerFields)
        }
    }

    private var scheme: String { "API key \(name)" }

    private func failed(_ error: CredentialError) -> AuthorizationError {
        .failed(scheme: scheme, error)
    }
}
