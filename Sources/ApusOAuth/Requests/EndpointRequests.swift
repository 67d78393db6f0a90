import ApusRuntime
import Foundation

/// Builds the requests to one authorization server, all but for what says who
/// the client is.
struct EndpointRequests: Sendable {
    let scheme: OAuth2Scheme
    let serverURL: String

    /// The parameters of a token request, in the order they are sent.
    enum Grant: Sendable {
        case authorizationCode(Secret, redirectURI: String, verifier: Secret?)
        case password(username: String, Secret, scopes: [String])
        case clientCredentials(scopes: [String])
        /// `of` is the `grant_type` that brought the first token.
        case refresh(Secret, of: String)
        case deviceCode(Secret)
        case jwtBearer(Secret, scopes: [String])
        case tokenExchange(TokenExchange)
    }

    /// A token request (RFC 6749 section 3.2, RFC 8628 section 3.4).
    func token(_ grant: Grant) throws(OAuth2Error) -> EndpointRequest {
        typealias Parameter = EndpointRequest.Parameter
        let grantType: String
        var parameters: [Parameter]
        var secrets: [Secret] = []
        var refreshURL: String?
        switch grant {
        case .authorizationCode(let code, let redirectURI, let verifier):
            grantType = GrantType.authorizationCode
            parameters = [Parameter("code", code), Parameter("redirect_uri", redirectURI)]
            secrets = [code]
            if let verifier {
                parameters.append(Parameter("code_verifier", verifier))
                secrets.append(verifier)
            }
        case .password(let username, let password, let scopes):
            grantType = GrantType.password
            parameters = [Parameter("username", username), Parameter("password", password)] + scope(scopes)
            secrets = [password]
        case .clientCredentials(let scopes):
            grantType = GrantType.clientCredentials
            parameters = scope(scopes)
        case .refresh(let token, let first):
            grantType = GrantType.refreshToken
            parameters = [Parameter("refresh_token", token)]
            secrets = [token]
            refreshURL = scheme.refreshURLs[first] ?? scheme.refreshURL ?? scheme.tokenURLs[first]
        case .deviceCode(let code):
            grantType = GrantType.deviceCode
            parameters = [Parameter("device_code", code)]
            secrets = [code]
        case .jwtBearer(let assertion, let scopes):
            grantType = GrantType.jwtBearer
            parameters = [Parameter("assertion", assertion)] + scope(scopes)
            secrets = [assertion]
        case .tokenExchange(let exchange):
            grantType = GrantType.tokenExchange
            parameters = self.parameters(of: exchange)
            secrets = [exchange.subject.token] + [exchange.actor?.token].compactMap { $0 }
        }
        guard let url = refreshURL ?? scheme.tokenURLs[grantType] ?? scheme.tokenURL else {
            throw .missingEndpoint("tokenURL")
        }
        var endpoint = try Endpoint(url, serverURL: serverURL)
        switch scheme.grantTypeIn {
        case .body: parameters.insert(Parameter("grant_type", grantType), at: 0)
        case .query: endpoint = endpoint.adding([(name: "grant_type", value: grantType)])
        }
        return EndpointRequest(
            endpoint: endpoint, parameters: parameters + resources(beside: parameters) + extra(beside: parameters),
            isJSON: scheme.tokenRequest == .json, secrets: secrets
        )
    }

    /// A device authorization request (RFC 8628 section 3.1).
    func deviceAuthorization(scopes: [String]) throws(OAuth2Error) -> EndpointRequest {
        guard let url = scheme.deviceAuthorizationURL else { throw .missingEndpoint("deviceAuthorizationURL") }
        let parameters = scope(scopes) + resources(beside: [])
        return EndpointRequest(
            endpoint: try Endpoint(url, serverURL: serverURL), parameters: parameters + extra(beside: parameters),
            isJSON: false, alwaysNamesClient: true, secrets: []
        )
    }

    /// A revocation request (RFC 7009 section 2.1); `nil` where the server has
    /// no endpoint for it.
    func revocation(of token: RevocableToken) throws(OAuth2Error) -> EndpointRequest? {
        guard let url = scheme.revocationURL else { return nil }
        let parameters = [
            EndpointRequest.Parameter("token", token.token),
            EndpointRequest.Parameter(
                "token_type_hint", token.isRefreshToken ? "refresh_token" : "access_token"
            ),
        ]
        return EndpointRequest(
            endpoint: try Endpoint(url, serverURL: serverURL), parameters: parameters, isJSON: false, secrets: [token.token])
    }

    /// An introspection request (RFC 7662 section 2.1).
    func introspection(of token: Secret) throws(OAuth2Error) -> EndpointRequest {
        guard let url = scheme.introspectionURL else { throw .missingEndpoint("introspectionURL") }
        return EndpointRequest(
            endpoint: try Endpoint(url, serverURL: serverURL), parameters: [EndpointRequest.Parameter("token", token)],
            isJSON: false, secrets: [token])
    }

    /// A pushed authorization request (RFC 9126 section 2.1).
    func pushedAuthorization(_ parameters: [(name: String, value: String)]) throws(OAuth2Error) -> EndpointRequest {
        guard let url = scheme.pushedAuthorizationRequestURL else {
            throw .missingEndpoint("pushedAuthorizationRequestURL")
        }
        return EndpointRequest(
            endpoint: try Endpoint(url, serverURL: serverURL),
            // The client id comes with the client's authentication.
            parameters: parameters.filter { $0.name != "client_id" }.map { EndpointRequest.Parameter($0.name, $0.value) },
            isJSON: false, alwaysNamesClient: true, secrets: [])
    }

    private func parameters(of exchange: TokenExchange) -> [EndpointRequest.Parameter] {
        typealias Parameter = EndpointRequest.Parameter
        var parameters = [
            Parameter("subject_token", exchange.subject.token),
            Parameter("subject_token_type", exchange.subject.kind.rawValue),
        ]
        if let actor = exchange.actor {
            parameters += [Parameter("actor_token", actor.token), Parameter("actor_token_type", actor.kind.rawValue)]
        }
        if let requested = exchange.requested {
            parameters.append(Parameter("requested_token_type", requested.rawValue))
        }
        parameters += exchange.resources.map { Parameter("resource", $0) }
        parameters += exchange.audiences.map { Parameter("audience", $0) }
        return parameters + scope(exchange.scopes)
    }

    private func scope(_ scopes: [String]) -> [EndpointRequest.Parameter] {
        scopes.isEmpty ? [] : [EndpointRequest.Parameter("scope", scopes.joined(separator: scheme.scopeSeparator))]
    }

    private func resources(beside parameters: [EndpointRequest.Parameter]) -> [EndpointRequest.Parameter] {
        if parameters.contains(where: { $0.name == "resource" }) { return [] }
        return scheme.resources.map { EndpointRequest.Parameter("resource", $0) }
    }

    private func extra(beside parameters: [EndpointRequest.Parameter]) -> [EndpointRequest.Parameter] {
        let taken = Set(parameters.map(\.name)).union(["grant_type", "client_id", "client_secret", "scope"])
        return scheme.extraParameters
            .filter { !taken.contains($0.key) }
            .sorted { $0.key < $1.key }
            .map { EndpointRequest.Parameter($0.key, $0.value) }
    }
}
