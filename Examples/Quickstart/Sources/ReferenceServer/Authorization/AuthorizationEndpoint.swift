import Foundation
import HTTPTypes
import Hummingbird

/// `GET` and `POST /oauth/authorize` (RFC 6749 section 3.1): the login form.
struct AuthorizationEndpoint: Sendable {
    let clients: ClientRegistry
    let accounts: Accounts
    let grants: Grants
    let now: @Sendable () -> Date
    private let seal = FormSeal()

    init(clients: ClientRegistry, accounts: Accounts, grants: Grants, now: @escaping @Sendable () -> Date) {
        self.clients = clients
        self.accounts = accounts
        self.grants = grants
        self.now = now
    }

    func add(to router: Router<BasicRequestContext>) {
        router.get("/oauth/authorize") { request, _ in
            try await answer(
                reading: { try RequestParameters(form: request.uri.query ?? "") },
                with: { authorization, _ in
                    form(for: authorization, browser: FormSeal.Browser(request) ?? .new(), message: nil)
                })
        }
        router.post("/oauth/authorize") { request, _ in
            try await answer(
                reading: { try await RequestParameters(bodyOf: request) },
                with: { try await signIn($0, $1, FormSeal.Browser(request)) })
        }
    }

    /// What a client asks for, checked.
    private struct Authorization {
        let client: ClientRegistry.Client
        let redirectURI: String
        let state: String?
        let challenge: String?

        /// What a form is good for: it cannot be posted for anything else than it was shown for.
        var sealed: [String] { [client.id, redirectURI, state ?? "", challenge ?? ""] }
    }

    /// Why the user is told, and not sent back: the client cannot be trusted (section 4.1.2.1).
    private struct Untrusted: Error {
        let message: String
    }

    /// Why the user is sent back to the client with an error.
    private struct Refused: Error {
        let code: String
        let redirectURI: String
        let state: String?
    }

    private func answer(
        reading: () async throws -> RequestParameters,
        with body: (Authorization, RequestParameters) async throws -> Response
    ) async throws -> Response {
        do {
            let parameters = try await reading()
            return try await body(try authorization(parameters), parameters)
        } catch let error as Untrusted {
            return .page(Page.error(error.message), status: .badRequest)
        } catch is RequestParameters.Failure {
            return .page(Page.error("The request cannot be read."), status: .badRequest)
        } catch let error as Refused {
            return redirect(to: error.redirectURI, ["error": error.code, "state": error.state])
        }
    }

    private func authorization(_ parameters: RequestParameters) throws -> Authorization {
        guard let id = parameters["client_id"], let client = clients[id] else {
            throw Untrusted(message: "This application is not known here.")
        }
        guard let redirectURI = parameters["redirect_uri"], client.redirectURIs.contains(redirectURI) else {
            throw Untrusted(message: "The application's redirect URI is not the one that was registered.")
        }
        let state = parameters["state"]
        func refused(_ code: String) -> Refused { Refused(code: code, redirectURI: redirectURI, state: state) }
        guard parameters.repeated.isEmpty else { throw refused("invalid_request") }
        guard parameters["response_type"] == "code" else { throw refused("unsupported_response_type") }
        guard parameters["scope"] == nil else { throw refused("invalid_scope") }
        let challenge = parameters["code_challenge"]
        // A public client has nothing but its proof key.
        guard challenge != nil || !client.isPublic else { throw refused("invalid_request") }
        if let challenge {
            guard parameters["code_challenge_method"] == "S256", ProofKey.isWellFormed(challenge) else {
                throw refused("invalid_request")
            }
        }
        return Authorization(client: client, redirectURI: redirectURI, state: state, challenge: challenge)
    }

    // MARK: - The form

    private func form(
        for authorization: Authorization, browser: FormSeal.Browser, message: String?
    ) -> Response {
        let token = seal.token(for: authorization.sealed, in: browser, at: now())
        let fields: [(name: String, value: String?)] = [
            ("client_id", authorization.client.id), ("redirect_uri", authorization.redirectURI), ("response_type", "code"),
            ("state", authorization.state), ("code_challenge", authorization.challenge),
            ("code_challenge_method", authorization.challenge.map { _ in "S256" }), ("csrf_token", token),
        ]
        return .page(
            Page.login(client: authorization.client.id, fields: fields, message: message),
            status: message == nil ? .ok : .unprocessableContent, headers: [.setCookie: browser.cookie])
    }

    private func signIn(
        _ authorization: Authorization, _ parameters: RequestParameters, _ browser: FormSeal.Browser?
    ) async throws -> Response {
        guard let browser, let token = parameters["csrf_token"],
            seal.isGenuine(token, for: authorization.sealed, in: browser, at: now())
        else {
            return form(
                for: authorization, browser: browser ?? .new(), message: "The form has expired. Please try again.")
        }
        if parameters["decision"] == "deny" {
            throw Refused(code: "access_denied", redirectURI: authorization.redirectURI, state: authorization.state)
        }
        guard let username = parameters["username"], let password = parameters["password"],
            let user = await accounts.user(email: username, password: password)
        else {
            return form(
                for: authorization, browser: browser, message: "The email address or the password is wrong.")
        }
        let code = await grants.code(
            for: .init(
                clientID: authorization.client.id, userID: user.id, redirectURI: authorization.redirectURI,
                challenge: authorization.challenge))
        return redirect(to: authorization.redirectURI, ["code": code, "state": authorization.state])
    }

    /// A redirect with parameters added to the URI's query, which is kept as it is registered.
    private func redirect(to uri: String, _ parameters: KeyValuePairs<String, String?>) -> Response {
        let added = parameters.compactMap { name, value in
            // Everything but unreserved characters is encoded, as URLComponents leaves a plus sign, which readers of
            // forms take for a space.
            value?.addingPercentEncoding(withAllowedCharacters: .unreserved).map { "\(name)=\($0)" }
        }
        return Response(
            status: .found,
            headers: [
                .location: uri + (uri.contains("?") ? "&" : "?") + added.joined(separator: "&"),
                .cacheControl: "no-store", .referrerPolicy: "no-referrer",
            ])
    }
}

extension CharacterSet {
    /// RFC 3986 section 2.3.
    fileprivate static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
