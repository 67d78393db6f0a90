import ApusRuntime
import Foundation
import Testing

@testable import ApusOAuth

/// Signatures of ID tokens, and the keys that servers publish (RFC 7517).
@Suite struct ServerKeysTests {
    private let key = ES256Key(keyID: "k1")
    private let context = "https://api.example.com"

    private func published(_ keys: [(key: JSONWebKey, more: [String: String])]) -> String {
        let objects = keys.map { entry in
            "{" + entry.key.members.merging(entry.more) { $1 }.sorted { $0.key < $1.key }
                .map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",") + "}"
        }
        return #"{"keys":[\#(objects.joined(separator: ","))]}"#
    }

    private func idToken(
        by key: any SigningKey, issuer: String = "https://i", subject: String = "mia", tenant: String? = nil
    ) async throws -> String {
        var claims: [String: JSONValue] = [
            "iss": .string(issuer), "sub": .string(subject), "aud": "client-id", "iat": 1, "exp": 99_999_999_999,
        ]
        if let tenant { claims["tid"] = .string(tenant) }
        return try await JSONWebToken(claims: claims).signed(with: key).exposed
    }

    private func session(_ fake: FakeServer, algorithms: [any SignatureAlgorithm] = [.es256]) -> OAuth2Session {
        OAuth2Session(
            scheme: fullScheme { $0.jwksURL = "/jwks" }, client: OAuth2Client(id: "client-id"),
            context: CredentialContext(serverURL: server, transport: fake), clock: ManualClock(),
            idTokenAlgorithms: algorithms)
    }

    /// - Parameter idTokens: Of the token responses, in turn.
    private func fake(keys: String, idTokens: [String]) -> FakeServer {
        let tokens = Counter()
        return FakeServer { exchange, _ in
            if exchange.url.hasSuffix("/jwks") { return .json(keys) }
            if exchange.url.hasSuffix("/revoke") { return .init() }
            let index = tokens.next()
            return .json(
                #"{"access_token":"A\#(index)","refresh_token":"R\#(index)","token_type":"Bearer","expires_in":3600,"id_token":"\#(idTokens[min(index, idTokens.count - 1)])"}"#)
        }
    }

    private final class Counter: @unchecked Sendable {
        private let lock = NSLock()
        private var value = -1
        func next() -> Int {
            lock.withLock {
                value += 1
                return value
            }
        }
    }

    private func isInvalid(_ error: any Error) -> Bool {
        if case OAuth2Error.invalidIDToken = error { true } else { false }
    }

    private func keyRequests(_ fake: FakeServer) -> Int { fake.exchanges.count { $0.url.hasSuffix("/jwks") } }

    @Test func keysAreAskedForOnce() async throws {
        let fake = fake(
            keys: published([(ES256Key().publicKey, ["kid": "k0"]), (key.publicKey, ["kid": "k1", "alg": "ES256", "use": "sig"])]),
            idTokens: [try await idToken(by: key)])
        let session = session(fake)
        try await session.signIn(username: "mia", password: "pw")
        try await session.refreshToken()
        #expect(try await session.verifiedClaims(algorithms: [.es256])["sub"] == "mia")
        #expect(keyRequests(fake) == 1)
    }

    @Test func keyOfSomebodyElse() async throws {
        let fake = fake(
            keys: published([(key.publicKey, ["kid": "k1"])]), idTokens: [try await idToken(by: ES256Key(keyID: "k1"))])
        let session = session(fake)
        await #expect { try await session.signIn(username: "mia", password: "pw") } throws: { isInvalid($0) }
        #expect(await session.token == nil)
        // A key that is not there is not asked for again and again.
        await #expect { try await session.signIn(username: "mia", password: "pw") } throws: { isInvalid($0) }
        #expect(keyRequests(fake) == 1)
    }

    /// What the token names chooses among what is allowed, and no more.
    @Test func algorithmsThatAreNotAllowed() async throws {
        let secret = HS256Key(secret: Secret(key.publicKey.json))
        let header = Base64URL.encode(Data(#"{"alg":"none"}"#.utf8))
        let unsigned = try await idToken(by: key).split(separator: ".")
        for token in [
            try await idToken(by: secret), "\(header).\(unsigned[1]).", try await idToken(by: EdDSAKey(keyID: "k1")),
        ] {
            let fake = fake(keys: published([(key.publicKey, ["kid": "k1"])]), idTokens: [token])
            let session = session(fake)
            await #expect { try await session.signIn(username: "mia", password: "pw") } throws: { isInvalid($0) }
            #expect(keyRequests(fake) == 0)
        }
    }

    @Test(arguments: [["use": "enc"], ["alg": "ES512"], ["kid": "other"]])
    func keysForSomethingElse(members: [String: String]) async throws {
        let fake = fake(
            keys: published([(key.publicKey, members)]), idTokens: [try await idToken(by: key)])
        await #expect { try await session(fake).signIn(username: "mia", password: "pw") } throws: { isInvalid($0) }
    }

    @Test func signatureOfARefresh() async throws {
        let fake = fake(
            keys: published([(key.publicKey, ["kid": "k1"])]),
            idTokens: [try await idToken(by: key), try await idToken(by: ES256Key(keyID: "k1"))])
        let session = session(fake)
        try await session.signIn(username: "mia", password: "pw")
        await #expect { try await session.refreshToken() } throws: { isInvalid($0) }
        #expect(await session.token == nil)
    }

    /// A refresh token is spent by then, so keys that cannot be had must not lose
    /// what it has brought. The new ID token is not taken.
    @Test func keysThatCannotBeHadAtARefresh() async throws {
        let idTokens = [try await idToken(by: key), try await idToken(by: ES256Key(keyID: "k2"))]
        let fake = fake(keys: published([(key.publicKey, ["kid": "k1"])]), idTokens: idTokens)
        let session = session(fake)
        try await session.signIn(username: "mia", password: "pw", scopes: ["openid"])
        // The keys were asked for just now, so nobody can tell whether there is a new one.
        try await session.refreshToken()
        let token = try #require(await session.token)
        #expect(token.accessToken.exposed == "A1" && token.refreshToken?.exposed == "R1")
        #expect(token.idToken?.exposed == idTokens[0])
        #expect(!fake.exchanges.contains { $0.url.hasSuffix("/revoke") })
    }

    /// Keys are there before a code is spent for an ID token that needs them.
    @Test func keysThatCannotBeHadAtASignIn() async throws {
        let outages = Counter()
        let nonces = Box()
        let (keys, key) = (published([(key.publicKey, ["kid": "k1"])]), key)
        let fake = FakeServer { exchange, _ in
            if exchange.url.hasSuffix("/jwks") { return outages.next() == 0 ? .init(status: 503) : .json(keys) }
            let claims: [String: JSONValue] = [
                "iss": "https://i", "sub": "mia", "aud": "client-id", "iat": 1, "exp": 99_999_999_999,
                "nonce": .string(nonces.text),
            ]
            let idToken = try await JSONWebToken(claims: claims).signed(with: key).exposed
            return .json(#"{"access_token":"A0","token_type":"Bearer","id_token":"\#(idToken)"}"#)
        }
        let session = session(fake)
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb", scopes: ["openid"])
        nonces.text = try #require(request.nonce)
        let redirect = "https://app.example/cb?code=C&state=\(request.state)"
        await #expect { try await session.signIn(redirectedTo: redirect, for: request) } throws: {
            if case OAuth2Error.unavailable(503, _) = $0 { true } else { false }
        }
        #expect(fake.exchanges.count == 1)
        try await session.signIn(redirectedTo: redirect, for: request)
        #expect(await session.accessText == "A0")
    }

    private final class Box: @unchecked Sendable {
        private let lock = NSLock()
        private var value = ""
        var text: String {
            get { lock.withLock { value } }
            set { lock.withLock { value = newValue } }
        }
    }

    @Test func keysThatWereChanged() async throws {
        let other = EdDSAKey(keyID: "k2")
        let count = Counter()
        let (old, new) = (published([(key.publicKey, ["kid": "k1"])]), published([(other.publicKey, ["kid": "k2"])]))
        let fake = FakeServer { _, _ in .json(count.next() == 0 ? old : new) }
        let keys = ServerKeys(pause: .zero)
        func isSigned(_ token: String) async -> Bool {
            let verdict = await keys.verdict(
                on: Secret(token), at: "https://i/jwks", algorithms: [.es256, .edDSA], transport: fake, within: .seconds(5))
            if case .signed = verdict { return true } else { return false }
        }
        let first = try await idToken(by: key)
        #expect(await isSigned(first))
        #expect(await isSigned(first))
        #expect(await isSigned(try await idToken(by: other)))
        #expect(fake.exchanges.count == 2)
        // A key that the server has withdrawn is no longer good.
        #expect(await !isSigned(first))
    }

    /// A key of Microsoft's says whose tokens it signs.
    @Test(arguments: [("https://login.example/t1/v2.0", "t1", true), ("https://login.example/t1/v2.0", "t2", false)])
    func keyOfOneTenant(issuer: String, tenant: String, isGood: Bool) async throws {
        let fake = fake(
            keys: published([(key.publicKey, ["kid": "k1", "issuer": "https://login.example/{tenantid}/v2.0"])]),
            idTokens: [try await idToken(by: key, issuer: issuer, tenant: tenant)])
        let session = session(fake)
        if isGood {
            try await session.signIn(username: "mia", password: "pw")
        } else {
            await #expect { try await session.signIn(username: "mia", password: "pw") } throws: { isInvalid($0) }
        }
    }

    @Test func serverWithoutKeys() async throws {
        let fake = fake(keys: #"{"error":"not_found"}"#, idTokens: [try await idToken(by: key)])
        await #expect { try await session(fake).signIn(username: "mia", password: "pw") } throws: {
            if case OAuth2Error.server = $0 { true } else { false }
        }
        let without = ApusOAuthTests.session(fake)
        try await without.signIn(username: "mia", password: "pw")
        await #expect { _ = try await without.verifiedClaims() } throws: {
            if case OAuth2Error.missingEndpoint("jwksURL") = $0 { true } else { false }
        }
    }
}
