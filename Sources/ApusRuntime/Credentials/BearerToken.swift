public import HTTPTypes

/// A token that whoever has it may use (RFC 6750), for the security scheme `http` with `bearer`.
public struct BearerToken: Credential {
    private let token: Secret

    /// Creates a credential that always sends this token.
    public init(_ token: Secret) {
        self.token = token
    }

    /// Sets `Authorization: Bearer …` (RFC 6750 section 2.1).
    public func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {
        try request.headerFields.setSecret(.authorization, "Bearer " + token.exposed, scheme: "bearer token")
    }
}

extension HTTPFields {
    /// Sets a field to a secret. HTTP/2 and HTTP/3 do not keep it in their
    /// compression tables (RFC 7541 section 7.1).
    mutating func setSecret(_ name: HTTPField.Name, _ value: String, scheme: String) throws(AuthorizationError) {
        guard HTTPField.isValidValue(value) else { throw .failed(scheme: scheme, CredentialError.illegalCharacters) }
        var field = HTTPField(name: name, value: value)
        field.indexingStrategy = .disallow
        self[fields: name] = [field]
    }
}
