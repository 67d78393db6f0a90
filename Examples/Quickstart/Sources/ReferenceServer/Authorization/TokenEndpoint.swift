import Foundation
import Hummingbird

/// `POST /oauth/token` (RFC 6749 section 3.2), with a JSON object or a form.
struct TokenEndpoint: Sendable {
    let clients: ClientRegistry
    let accounts: Accounts
    let grants: Grants
    /// How long an access token holds, in seconds.
    let lifetime: Int
    let tally: Tally

    func add(to router: Router<BasicRequestContext>) {
        router.post("/oauth/token") { request, _ in
            do {
                return try await answer(to: request)
            } catch let error as OAuthError {
                tally.count { $0.refusedTokenRequests += 1 }
                return try error.response()
            }
        }
    }

    private func answer(to request: Request) async throws -> Response {
        let parameters: RequestParameters
        let query: RequestParameters
        do {
            query = try RequestParameters(form: request.uri.query ?? "")
            parameters = try await RequestParameters(bodyOf: request)
        } catch RequestParameters.Failure.mediaType {
            count(nil)
            throw OAuthError.unsupportedMediaType
        } catch RequestParameters.Failure.malformed {
            count(nil)
            throw OAuthError.invalidRequest("The parameters cannot be read")
        }
        // The reference has it in the body in its prose and in the query in
        // its requests. Nothing else is taken from the query, where secrets
        // would end up in logs.
        let grantType = parameters["grant_type"] ?? query["grant_type"]
        count(grantType)
        guard parameters.repeated.isEmpty, !query.repeated.contains("grant_type") else {
            throw OAuthError.invalidRequest("A parameter occurs twice")
        }
        guard let grantType else { throw OAuthError.invalidRequest("The grant_type is missing") }
        if let other = query["grant_type"], other != grantType {
            throw OAuthError.invalidRequest("The grant_type of the query is not that of the body")
        }
        let client = try ClientAuthentication(clients: clients).client(of: request, parameters)
        guard parameters["scope"] == nil else { throw OAuthError.invalidScope }
        let tokens = try await tokens(grantType, client, parameters)
        return try .json(Body(tokens, lifetime: lifetime), headers: .notStored)
    }

    private func tokens(
        _ grantType: String, _ client: ClientRegistry.Client, _ parameters: RequestParameters
    ) async throws(OAuthError) -> Grants.Tokens {
        func required(_ name: String) throws(OAuthError) -> String {
            guard let value = parameters[name] else { throw .invalidRequest("The \(name) is missing") }
            return value
        }

        switch grantType {
        case "authorization_code":
            return try await grants.exchange(
                code: try required("code"), clientID: client.id, redirectURI: try required("redirect_uri"),
                verifier: parameters["code_verifier"]
            )
        case "password":
            guard client.isFirstParty else { throw .firstPartyOnly }
            let (username, password) = (try required("username"), try required("password"))
            guard let user = await accounts.user(email: username, password: password) else {
                throw .invalidGrant("The username or the password is wrong")
            }
            return await grants.issue(clientID: client.id, userID: user.id)
        case "refresh_token":
            return try await grants.refresh(try required("refresh_token"), clientID: client.id)
        default:
            throw .unsupportedGrantType
        }
    }

    private func count(_ grantType: String?) {
        let known = ["authorization_code", "password", "refresh_token"]
        let key = grantType.flatMap { known.contains($0) ? $0 : nil } ?? "other"
        tally.count { $0.tokenRequests[key, default: 0] += 1 }
    }

    private struct Body: Encodable {
        let accessToken: String
        let tokenType = "bearer"
        let expiresIn: Int
        let refreshToken: String
        /// Unix seconds.
        let createdAt: Int
        let userId: Int

        init(_ tokens: Grants.Tokens, lifetime: Int) {
            accessToken = tokens.accessToken
            expiresIn = lifetime
            refreshToken = tokens.refreshToken
            createdAt = Int(tokens.createdAt.timeIntervalSince1970)
            userId = tokens.userID
        }
    }
}
