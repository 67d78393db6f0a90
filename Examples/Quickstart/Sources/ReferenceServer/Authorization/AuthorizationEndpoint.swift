import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// `GET` and `POST /oauth/authorize` (RFC 6749 section 3.1): the login form.
struct AuthorizationEndpoint: Sendable {
    let clients: ClientRegistry
    let accounts: Accounts
    let grants: Grants
    let now: @Sendable () -> Date
    /// Signs the forms, so that nobody can post one that this server has not shown (CSRF).
    private let key = SymmetricKey(size: .bits256)

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
                with: { authorization, _ in form(for: authorization, message: nil) })
        }
        router.post("/oauth/authorize") { request, _ in
            try await answer(reading: { try await RequestParameters(bodyOf: request) }, with: signIn)
        }
    }

    /// What a client asks for, checked.
    private struct Authorization {
        let client: ClientRegistry.Client
        let redirectURI: String
        let state: String?
        let challenge: String?
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

    private func form(for authorization: Authorization, message: String?) -> Response {
        let fields: [(String, String?)] = [
            ("client_id", authorization.client.id), ("redirect_uri", authorization.redirectURI), ("response_type", "code"),
            ("state", authorization.state), ("code_challenge", authorization.challenge),
            ("code_challenge_method", authorization.challenge.map { _ in "S256" }),
            ("csrf_token", signature(of: authorization, at: Int(now().timeIntervalSince1970))),
        ]
        return .page(
            Page.login(client: authorization.client.id, fields: fields, message: message),
            status: message == nil ? .ok : .unprocessableContent)
    }

    private func signIn(_ authorization: Authorization, _ parameters: RequestParameters) async throws -> Response {
        guard let token = parameters["csrf_token"], isGenuine(token, for: authorization) else {
            return form(for: authorization, message: "The form has expired. Please try again.")
        }
        guard let username = parameters["username"], let password = parameters["password"],
            let user = await accounts.user(email: username, password: password)
        else {
            return form(for: authorization, message: "The email address or the password is wrong.")
        }
        let code = await grants.code(
            for: .init(
                clientID: authorization.client.id, userID: user.id, redirectURI: authorization.redirectURI,
                challenge: authorization.challenge))
        return redirect(to: authorization.redirectURI, ["code": code, "state": authorization.state])
    }

    /// When the form was shown, and a signature over that and what it asks for.
    private func signature(of authorization: Authorization, at seconds: Int) -> String {
        let text = [
            "\(seconds)", authorization.client.id, authorization.redirectURI, authorization.state ?? "",
            authorization.challenge ?? "",
        ].joined(separator: "\n")
        return "\(seconds).\(Hexadecimal.text(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)))"
    }

    private func isGenuine(_ token: String, for authorization: Authorization) -> Bool {
        guard let seconds = Int(token.prefix { $0 != "." }) else { return false }
        let age = Int(now().timeIntervalSince1970) - seconds
        return (0...600).contains(age) && token == signature(of: authorization, at: seconds)
    }

    private func redirect(to uri: String, _ parameters: KeyValuePairs<String, String?>) -> Response {
        var components = URLComponents(string: uri) ?? URLComponents()
        let added = parameters.compactMap { name, value in value.map { URLQueryItem(name: name, value: $0) } }
        components.queryItems = (components.queryItems ?? []) + added
        return Response(
            status: .found,
            headers: [.location: components.string ?? uri, .cacheControl: "no-store", .referrerPolicy: "no-referrer"])
    }
}

/// The pages that people see.
enum Page {
    static func login(client: String, fields: [(String, String?)], message: String?) -> String {
        let hidden = fields.compactMap { name, value in
            value.map { #"<input type="hidden" name="\#(name)" value="\#(escaped($0))">"# }
        }
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head><body>
            <h1>Sign in</h1>
            <p>\(escaped(client)) asks for access to your account.</p>
            \(message.map { "<p role=\"alert\">\(escaped($0))</p>" } ?? "")
            <form method="post" action="/oauth/authorize">
            \(hidden.joined(separator: "\n"))
            <label>Email <input name="username" type="email" autocomplete="username" required></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
            <button>Allow</button>
            </form>
            </body></html>
            """
    }

    static func error(_ message: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Cannot sign in</title></head><body>
        <h1>Cannot sign in</h1>
        <p role="alert">\(escaped(message))</p>
        </body></html>
        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
    }
}
