import HTTPTypes
import Hummingbird

/// An error of the token and the revocation endpoint (RFC 6749 section 5.2, RFC
/// 7009 section 2.2.1).
struct OAuthError: Error {
    let code: String
    let description: String
    var status = HTTPResponse.Status.badRequest

    static func invalidRequest(_ description: String) -> OAuthError {
        OAuthError(code: "invalid_request", description: description)
    }

    static func invalidGrant(_ description: String) -> OAuthError {
        OAuthError(code: "invalid_grant", description: description)
    }

    static let invalidClient = OAuthError(
        code: "invalid_client", description: "The client is unknown, or its secret is wrong", status: .unauthorized
    )

    static let unsupportedGrantType = OAuthError(
        code: "unsupported_grant_type", description: "The server does not know this grant_type"
    )

    static let invalidScope = OAuthError(code: "invalid_scope", description: "The API has no scopes")

    static let unsupportedMediaType = OAuthError(
        code: "invalid_request",
        description: "The body has to be application/json without parameters, or a form",
        status: .unsupportedMediaType
    )

    /// Who does not ask for the token that it was issued to.
    static let notYours = OAuthError(
        code: "unauthorized_client", description: "The token was issued to another client", status: .forbidden
    )

    /// Who may not use the grant.
    static let firstPartyOnly = OAuthError(
        code: "unauthorized_client", description: "The client may not use this grant_type"
    )

    func response() throws -> Response {
        var headers = HTTPFields.notStored
        if status == .unauthorized { headers[.wwwAuthenticate] = #"Basic realm="Reference API""# }
        return try .json(Body(error: code, errorDescription: description), status: status, headers: headers)
    }

    private struct Body: Encodable {
        let error: String
        let errorDescription: String
    }
}

extension HTTPFields {
    /// What RFC 6749 section 5.1 demands of answers that carry tokens.
    static var notStored: HTTPFields { [.cacheControl: "no-store", .pragma: "no-cache"] }
}

extension HTTPField.Name {
    static let pragma = HTTPField.Name("Pragma")!
}
