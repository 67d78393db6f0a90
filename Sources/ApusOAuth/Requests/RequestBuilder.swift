import ApusRuntime

/// Builds the requests to one authorization server, all but for what says who
/// the client is.
struct RequestBuilder: Sendable {
    let scheme: OAuth2Scheme
    let serverURL: String

    private typealias Parameter = EndpointRequest.Parameter

    /// A token request (RFC 6749 section 3.2).
    func token(_ grant: Grant) throws(OAuth2Error) -> EndpointRequest {
        var endpoint = try endpoint(url(for: grant), "tokenURL")
        var parameters = grant.parameters + (grant.namesScopes ? scope(grant.scopes) : [])
        switch scheme.grantTypeIn {
        case .body: parameters.insert(Parameter("grant_type", grant.type), at: 0)
        case .query: endpoint = endpoint.adding([(name: "grant_type", value: grant.type)])
        }
        return EndpointRequest(
            endpoint: endpoint, parameters: parameters + resources(beside: parameters) + extra(beside: parameters),
            isJSON: scheme.tokenRequest == .json, secrets: grant.secrets
        )
    }

    private func url(for grant: Grant) -> String? {
        let refreshURL = grant.renewed.flatMap { scheme.refreshURLs[$0] ?? scheme.refreshURL ?? scheme.tokenURLs[$0] }
        return refreshURL ?? scheme.tokenURLs[grant.type] ?? scheme.tokenURL
    }

    /// A device authorization request (RFC 8628 section 3.1).
    func deviceAuthorization(scopes: [String]) throws(OAuth2Error) -> EndpointRequest {
        let parameters = scope(scopes) + resources(beside: [])
        return EndpointRequest(
            endpoint: try endpoint(scheme.deviceAuthorizationURL, "deviceAuthorizationURL"),
            parameters: parameters + extra(beside: parameters), isJSON: false, alwaysNamesClient: true, secrets: []
        )
    }

    /// A revocation request (RFC 7009 section 2.1); `nil` where the server has
    /// no endpoint for it.
    func revocation(of token: RevocableToken) throws(OAuth2Error) -> EndpointRequest? {
        guard let url = scheme.revocationURL else { return nil }
        let hint = token.isRefreshToken ? "refresh_token" : "access_token"
        return EndpointRequest(
            endpoint: try endpoint(url, "revocationURL"),
            parameters: [Parameter("token", token.token), Parameter("token_type_hint", hint)], isJSON: false,
            secrets: [token.token])
    }

    /// An introspection request (RFC 7662 section 2.1).
    func introspection(of token: Secret) throws(OAuth2Error) -> EndpointRequest {
        EndpointRequest(
            endpoint: try endpoint(scheme.introspectionURL, "introspectionURL"), parameters: [Parameter("token", token)],
            isJSON: false, secrets: [token])
    }

    /// A pushed authorization request (RFC 9126 section 2.1).
    func pushedAuthorization(_ parameters: [(name: String, value: String)]) throws(OAuth2Error) -> EndpointRequest {
        EndpointRequest(
            endpoint: try endpoint(scheme.pushedAuthorizationRequestURL, "pushedAuthorizationRequestURL"),
            // The client id comes with the client's authentication.
            parameters: parameters.filter { $0.name != "client_id" }.map { Parameter($0.name, $0.value) },
            isJSON: false, alwaysNamesClient: true, secrets: [])
    }

    /// - Parameter name: What is missing where there is no URL.
    private func endpoint(_ url: String?, _ name: String) throws(OAuth2Error) -> Endpoint {
        guard let url else { throw .missingEndpoint(name) }
        return try Endpoint(url, serverURL: serverURL)
    }

    private func scope(_ scopes: [String]) -> [Parameter] {
        scopes.isEmpty ? [] : [Parameter("scope", scopes.joined(separator: scheme.scopeSeparator))]
    }

    private func resources(beside parameters: [Parameter]) -> [Parameter] {
        if parameters.contains(where: { $0.name == "resource" }) { return [] }
        return scheme.resources.map { Parameter("resource", $0) }
    }

    private func extra(beside parameters: [Parameter]) -> [Parameter] {
        let taken = Set(parameters.map(\.name)).union(["grant_type", "client_id", "client_secret", "scope"])
        return scheme.extraParameters
            .filter { !taken.contains($0.key) }
            .sorted { $0.key < $1.key }
            .map { Parameter($0.key, $0.value) }
    }
}
