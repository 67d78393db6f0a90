import ApusRuntime
import Foundation

/// Says in a request who the client is (RFC 6749 section 2.3, RFC 7523 section
/// 2.2).
struct ClientAuthenticator: Sendable {
    let scheme: OAuth2Scheme
    let client: OAuth2Client
    let serverURL: String

    /// `client_assertion_type` of RFC 7523 section 2.2.
    static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    /// How long an assertion holds, in seconds.
    static let assertionLifetime = 60

    /// The request with the client's authentication. An assertion serves for
    /// one request, so each one that is sent needs a call of its own.
    func authenticated(_ request: EndpointRequest, now: Date) async throws(OAuth2Error) -> EndpointRequest {
        typealias Parameter = EndpointRequest.Parameter
        var request = request
        if let secret = client.secret { request.secrets.append(secret) }
        // Whatever the description's author needed, which may be a key.
        request.secrets += scheme.extraParameters.values.map { Secret($0) }
        let clientID = Parameter("client_id", client.id)
        switch (method, client.secret) {
        case (.basic, let secret?):
            // RFC 6749 section 2.3.1: form-encoded before they are joined, so
            // that a colon in the id is not a separator. A space becomes %20, as
            // some servers take a plus sign for itself.
            let pair = PercentEncoding.component(client.id) + ":" + PercentEncoding.component(secret.exposed)
            let encoded = Data(pair.utf8).base64EncodedString()
            request.authorization = Secret("Basic " + encoded)
            request.secrets.append(Secret(encoded))
            if request.alwaysNamesClient { request.parameters.append(clientID) }
        case (.post, let secret?):
            request.parameters += [clientID, Parameter("client_secret", secret)]
        case (.privateKeyJWT, _), (.clientSecretJWT, _):
            let assertion = try await assertion(for: request, now: now)
            request.parameters += [
                clientID, Parameter("client_assertion_type", Self.assertionType), Parameter("client_assertion", assertion),
            ]
            request.secrets.append(assertion)
        case (.none, _), (.basic, nil), (.post, nil), (.automatic, _):
            request.parameters.append(clientID)
        }
        return request
    }

    private var method: OAuth2Scheme.ClientAuthentication {
        guard scheme.clientAuthentication == .automatic else { return scheme.clientAuthentication }
        return client.key == nil ? .post : .privateKeyJWT
    }

    private func assertion(for request: EndpointRequest, now: Date) async throws(OAuth2Error) -> Secret {
        let key: (any SigningKey)? =
            method == .privateKeyJWT ? client.key : client.secret.map { HS256Key(secret: $0) }
        guard let key else { throw .notConfigured(scheme: scheme.name) }
        return try await JSONWebToken.assertion(
            issuer: client.id, subject: client.id, audience: try audience(of: request), now: now,
            lifetime: Self.assertionLifetime
        ).signed(with: key)
    }

    /// Also for the other endpoints it is the token endpoint's (OpenID Connect
    /// Core section 9, RFC 9126 section 2).
    private func audience(of request: EndpointRequest) throws(OAuth2Error) -> String {
        if let audience = scheme.assertionAudience { return audience }
        guard let url = scheme.tokenURL else { return request.endpoint.url }
        return try Endpoint(url, serverURL: serverURL).url
    }
}
