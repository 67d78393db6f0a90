import Hummingbird

/// `POST /oauth/revoke` (RFC 7009).
struct RevocationEndpoint: Sendable {
    let clients: ClientRegistry
    let grants: Grants

    func add(to router: Router<BasicRequestContext>) {
        router.post("/oauth/revoke") { request, _ in
            do {
                return try await answer(to: request)
            } catch let error as OAuthError {
                return try error.response()
            }
        }
    }

    private func answer(to request: Request) async throws -> Response {
        let parameters: RequestParameters
        do {
            parameters = try await RequestParameters(bodyOf: request)
        } catch RequestParameters.Failure.mediaType {
            throw OAuthError.unsupportedMediaType
        } catch RequestParameters.Failure.malformed {
            throw OAuthError.invalidRequest("The parameters cannot be read")
        }
        guard parameters.repeated.isEmpty else { throw OAuthError.invalidRequest("A parameter occurs twice") }
        let client = try ClientAuthentication(clients: clients).client(of: request, parameters)
        guard let token = parameters["token"] else { throw OAuthError.invalidRequest("The token is missing") }
        try await grants.revoke(token, clientID: client.id)
        return Response(status: .ok, headers: .notStored)
    }
}
