import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

/// Runs every flow with secrets that can be recognized, and looks for them in
/// whatever a program may show: descriptions, debug descriptions, dumps,
/// mirrors, errors and states.
@Suite struct SecrecyTests {
    /// Collects what is shown.
    private final class Shown: @unchecked Sendable {
        private let lock = NSLock()
        private var texts: [String] = []

        func add(_ value: Any, depth: Int = 0) {
            var text = "\(value)\n\(String(reflecting: value))\n\(String(describing: value))\n"
            dump(value, to: &text)
            if let error = value as? any Error {
                let error = error as NSError
                text += "\(error) \(error.localizedDescription) \(error.userInfo) \(error.localizedFailureReason ?? "")"
            }
            lock.withLock { texts.append(text) }
            guard depth < 6 else { return }
            for child in Mirror(reflecting: value).children { add(child.value, depth: depth + 1) }
        }

        var all: String { lock.withLock { texts.joined(separator: "\n") } }
        var count: Int { lock.withLock { texts.count } }
    }

    /// Its head is not looked at.
    private static let idToken =
        "SECRET-ID."
        + Base64URL.encode(Data(#"{"iss":"https://i","sub":"s","aud":"client-id","iat":1,"exp":99999999999}"#.utf8)) + ".e30"

    private static let secrets = [
        "SECRET-ACCESS", "SECRET-REFRESH", "SECRET-ID", "SECRET-CODE", "SECRET-PASSWORD", "SECRET-CLIENT", "SECRET-DEVICE",
        "SECRET-ASSERTION", "SECRET-SUBJECT", "SECRET-ACTOR", "SECRET-EXTRA",
    ]

    /// Answers well, or with an error that repeats everything it was sent.
    private func authorizationServer(isKind: Bool, type: String) -> FakeServer {
        FakeServer { exchange, _ in
            if exchange.url.hasSuffix("/things") {
                var answer = FakeServer.Answer(status: isKind ? 200 : 401)
                answer.body = exchange.request.headerFields[.authorization] ?? ""
                answer.headerFields[.wwwAuthenticate] = "Bearer error=\"invalid_token\", error_description=\"\(answer.body)\""
                return answer
            }
            guard isKind else {
                let sent = exchange.body + " " + (exchange.request.headerFields[.authorization] ?? "")
                    + " " + (exchange.body.removingPercentEncoding ?? "") + " "
                    + exchange.form.values.joined(separator: " ")
                let text = String(decoding: try JSONEncoder().encode(sent), as: UTF8.self)
                return .json(#"{"error":"invalid_grant","error_description":\#(text),"error_uri":\#(text)}"#, status: 400)
            }
            switch exchange.request.path {
            case "/oauth/device"?:
                return .json(
                    #"{"device_code":"SECRET-DEVICE","user_code":"WDJB","verification_uri":"https://api.example.com/d","expires_in":60,"interval":1}"#)
            case "/oauth/par"?: return .json(#"{"request_uri":"urn:r:1","expires_in":60}"#, status: 201)
            case "/oauth/introspect"?: return .json(#"{"active":true}"#)
            case "/oauth/revoke"?: return .init()
            default:
                return .json(
                    #"{"access_token":"SECRET-ACCESS","refresh_token":"SECRET-REFRESH","id_token":"\#(Self.idToken)","token_type":"\#(type)","expires_in":3600,"extra":"SECRET-EXTRA"}"#)
            }
        }
    }

    private func attempt(_ shown: Shown, _ body: () async throws -> Void) async {
        do { try await body() } catch { shown.add(error) }
    }

    private func runEveryFlow(_ session: OAuth2Session, _ shown: Shown) async throws {
        let redirect = "https://app.example/cb"
        let client = BareClient(session)
        await attempt(shown) { try await session.signIn(username: "mia", password: "SECRET-PASSWORD", scopes: ["read"]) }
        if let token = await session.token { shown.add(token) }
        await attempt(shown) { try await client.call() }
        await attempt(shown) { try await session.refreshToken() }
        await attempt(shown) { try await session.signInWithClientCredentials() }
        await attempt(shown) { try await session.signIn(assertion: "SECRET-ASSERTION") }
        await attempt(shown) {
            let exchange = TokenExchange(
                subject: SecurityToken("SECRET-SUBJECT"), actor: SecurityToken("SECRET-ACTOR", kind: .jwt))
            shown.add(exchange)
            try await session.signIn(exchanging: exchange)
        }
        await attempt(shown) {
            let authorization = try await session.deviceAuthorization()
            shown.add(authorization)
            try await session.signIn(with: authorization)
        }
        for isPushed in [false, true] {
            await attempt(shown) {
                let request =
                    isPushed
                    ? try await session.pushedAuthorizationRequest(redirectURI: redirect)
                    : try session.authorizationRequest(redirectURI: redirect)
                shown.add(request)
                // What is fresh for each request is secret as well.
                let fresh = [request.state, request.proofKey?.verifier.exposed, request.key?.stored.exposed].compactMap { $0 }
                #expect(fresh.count >= 2)
                for text in fresh { #expect(!shown.all.contains(text)) }
                try await session.signIn(redirectedTo: "\(redirect)?code=SECRET-CODE&state=\(request.state)", for: request)
            }
        }
        await attempt(shown) {
            let request = try session.authorizationRequest(.token, redirectURI: redirect, scopes: [])
            shown.add(request)
            try await session.signIn(
                redirectedTo: "\(redirect)#access_token=SECRET-ACCESS&token_type=bearer&state=\(request.state)", for: request)
        }
        for query in ["error=x&error_description=no", "code=SECRET-CODE&code=SECRET-CODE", "code=SECRET-CODE"] {
            await attempt(shown) {
                let request = try session.authorizationRequest(redirectURI: redirect)
                try await session.signIn(redirectedTo: "\(redirect)?\(query)&state=\(request.state)x", for: request)
            }
        }
        await attempt(shown) { shown.add(try await session.introspect()) }
        await attempt(shown) { shown.add(try await session.introspect("SECRET-ACCESS")) }
        for value in [session, session.client as Any, session.scheme, session.context, session.store, client, client.core] as [Any] {
            shown.add(value)
        }
        shown.add(OAuth2Registration(client: session.client ?? OAuth2Client(id: ""), store: session.store))
        await attempt(shown) { try await session.signOut() }
    }

    @Test(arguments: [false, true], [OAuth2Scheme.ClientAuthentication.post, .basic, .privateKeyJWT, .clientSecretJWT])
    func nothingIsShown(isKind: Bool, method: OAuth2Scheme.ClientAuthentication) async throws {
        let shown = Shown()
        let key = ES256Key()
        for dpop in [OAuth2Scheme.DPoP.none, .required] {
            let clock = ManualClock()
            let session = OAuth2Session(
                scheme: fullScheme {
                    $0.clientAuthentication = method
                    $0.dpop = dpop
                    $0.pkce = .required
                    $0.pushedAuthorizationRequestURL = "/oauth/par"
                    $0.introspectionURL = "/oauth/introspect"
                    $0.extraParameters = ["api_key": "SECRET-EXTRA"]
                },
                client: OAuth2Client(id: "client-id", secret: "SECRET-CLIENT", key: key), store: MemoryTokenStore(),
                context: CredentialContext(
                    serverURL: server, transport: authorizationServer(isKind: isKind, type: dpop == .none ? "Bearer" : "DPoP")),
                clock: clock)
            let states = session.states
            let watcher = Task {
                for await state in states { shown.add(state) }
            }
            if !isKind {
                // Something to refresh, to revoke and to introspect.
                try await session.begin("SECRET-ACCESS", refresh: "SECRET-REFRESH")
            }
            try await runEveryFlow(session, shown)
            watcher.cancel()
            await watcher.value
        }
        let all = shown.all
        #expect(shown.count > 100)
        for secret in Self.secrets + [Base64URL.encode(key.rawRepresentation)] {
            for form in [secret, Data(secret.utf8).base64EncodedString(), "client-id:\(secret)"] {
                #expect(!all.contains(form), "\(form) is shown")
            }
        }
        let basic = Data("client-id:SECRET-CLIENT".utf8).base64EncodedString()
        #expect(!all.contains(basic))
    }

    /// Neither standard output nor standard error has any of it: the library
    /// writes no log. `ProcessTests` compares all that a process says.
    @Test func secretsOfTheRuntime() {
        let shown = Shown()
        shown.add(Secret("SECRET-ONE"))
        shown.add(["a": Secret("SECRET-ONE")])
        shown.add(BearerToken("SECRET-ONE"))
        shown.add(BasicCredential(username: "mia", password: "SECRET-ONE"))
        shown.add(APIKey("SECRET-ONE", in: .query, name: "key"))
        shown.add(JSONWebToken.assertion(issuer: "a", subject: "b", audience: "c"))
        #expect(shown.count > 5 && !shown.all.contains("SECRET-ONE"))
    }
}
