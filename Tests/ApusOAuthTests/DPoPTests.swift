import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

/// RFC 9449.
@Suite struct DPoPTests {
    private func answer(_ access: String, refresh: String? = nil, type: String = "DPoP", nonce: String? = nil) -> FakeServer.Answer {
        let refresh = refresh.map { #","refresh_token":"\#($0)""# } ?? ""
        var answer = FakeServer.Answer.json(#"{"access_token":"\#(access)","token_type":"\#(type)","expires_in":3600\#(refresh)}"#)
        if let nonce { answer.headerFields[.dpopNonce] = nonce }
        return answer
    }

    private func proof(_ request: HTTPRequest) throws -> SignedToken {
        let token = try SignedToken(try #require(request.headerFields[.dpop]))
        #expect(token.header("typ") == "dpop+jwt")
        #expect(try token.isSigned(by: try #require(token.ownKey)))
        #expect(token.ownKey?.members["d"] == nil)
        return token
    }

    private func request(_ path: String = "/things?x=1#f", authority: String = "api.example.com") -> HTTPRequest {
        HTTPRequest(method: .put, scheme: "https", authority: authority, path: path)
    }

    /// The proof, the thumbprint and the `ath` of RFC 9449 sections 4.1, 6.1
    /// and 7.1, so that what checks ours is known to be right.
    @Test func vectors() throws {
        let proof = try SignedToken(
            "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"
        )
        #expect(proof.claim("htu") == "https://server.example.com/token" && proof.claim("htm") == "POST")
        let key = try #require(proof.ownKey)
        #expect(try proof.isSigned(by: key))
        #expect(key.thumbprint == "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")
        #expect(
            ProofKey.hash("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU") == "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo")
    }

    @Test func tokenRequestAndResourceRequest() async throws {
        let fake = FakeServer(answers: answer("A1", refresh: "R1"))
        let clock = ManualClock()
        let session = session(fake, clock: clock) {
            $0.dpop = .required
            $0.tokenURL = "/oauth/token?tenant=1"
        }
        try await session.signIn(username: "me", password: "pw")
        let first = try proof(fake.exchanges[0].request)
        #expect(first.claim("htm") == "POST" && first.claim("htu") == "https://api.example.com/oauth/token")
        #expect(first.number("iat") == clock.date.timeIntervalSince1970)
        #expect(first.claim("ath") == nil && first.claim("nonce") == nil)

        var identifiers = [first.claim("jti")]
        for _ in 0..<2 {
            var sent = request()
            try await session.authorize(&sent, scopes: [], context: session.context)
            #expect(sent.headerFields[.authorization] == "DPoP A1")
            let proof = try proof(sent)
            #expect(proof.claim("htm") == "PUT" && proof.claim("htu") == "https://api.example.com/things")
            #expect(proof.claim("ath") == ProofKey.hash("A1"))
            #expect(proof.ownKey == first.ownKey)
            identifiers.append(proof.claim("jti"))
        }
        #expect(Set(identifiers.compactMap { $0 }).count == 3)
    }

    @Test func restoredAndRefreshedSessionsHaveTheKey() async throws {
        let fake = FakeServer(answers: answer("A1", refresh: "R1"), answer("A2", refresh: "R2"))
        let (clock, store) = (ManualClock(), BreakableStore())
        let first = session(fake, clock: clock, store: store) { $0.dpop = .supported }
        try await first.signIn(username: "me", password: "pw")
        // As a file has it.
        let stored = try #require(await store.tokens[first.storeKey])
        #expect(try JSONDecoder().decode(OAuth2Token.self, from: JSONEncoder().encode(stored)) == stored)
        let second = session(fake, clock: clock, store: store) { $0.dpop = .supported }
        clock.advance(4000)
        var sent = request()
        try await second.authorize(&sent, scopes: [], context: second.context)
        #expect(sent.headerFields[.authorization] == "DPoP A2")
        let keys = try (fake.exchanges.map(\.request) + [sent]).map { try proof($0).ownKey }
        #expect(keys.count == 3 && Set(keys.compactMap { $0 }).count == 1)
    }

    @Test func everySignInHasAKeyOfItsOwn() async throws {
        let fake = FakeServer(answers: answer("A1"))
        let session = session(fake) { $0.dpop = .required }
        for _ in 0..<3 { try await session.signIn(username: "me", password: "pw") }
        #expect(Set(try fake.exchanges.map { try proof($0.request).ownKey }).count == 3)
    }

    @Test func codeIsBoundToTheKey() async throws {
        let fake = FakeServer(answers: answer("A1"))
        let session = session(fake) { $0.dpop = .required }
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb")
        try await session.signIn(redirectedTo: "https://app.example/cb?code=C1&state=\(request.state)", for: request)
        let thumbprint = try #require(try proof(fake.exchanges[0].request).ownKey?.thumbprint)
        #expect(request.url.contains("&dpop_jkt=\(thumbprint)"))
    }

    @Test func serverThatDoesNotKnowIt() async throws {
        let lenient = session(FakeServer(answers: .token("A1"))) { $0.dpop = .supported }
        try await lenient.signIn(username: "me", password: "pw")
        #expect(try await lenient.authorization() == "Bearer A1")
        #expect(await lenient.token?.dpopKey == nil)
        let strict = session(FakeServer(answers: .token("A1"))) { $0.dpop = .required }
        await #expect { try await strict.signIn(username: "me", password: "pw") } throws: {
            if case OAuth2Error.invalidResponse = $0 { true } else { false }
        }
        #expect(await strict.token == nil)
        // A bound token without a proof to bind it to makes no sense.
        let without = session(FakeServer(answers: answer("A1")))
        await #expect { try await without.signIn(username: "me", password: "pw") } throws: {
            if case OAuth2Error.invalidResponse = $0 { true } else { false }
        }
    }

    // MARK: Nonces, sections 8 and 9

    @Test func nonceOfTheAuthorizationServer() async throws {
        let fake = FakeServer { [self] _, index in
            if index == 0 {
                var answer = FakeServer.Answer.error("use_dpop_nonce")
                answer.headerFields[.dpopNonce] = "n1"
                return answer
            }
            return answer("A\(index)", refresh: "R\(index)", nonce: index == 1 ? "n2" : nil)
        }
        let session = session(fake) { $0.dpop = .required }
        try await session.signIn(username: "me", password: "pw")
        try await session.refreshToken()
        try await session.refreshToken()
        let nonces = try fake.exchanges.map { try proof($0.request).claim("nonce") }
        #expect(nonces == [nil, "n1", "n2", "n2"])
        #expect(Set(try fake.exchanges.map { try proof($0.request).claim("jti") }).count == 4)
    }

    @Test(arguments: [nil, "with space", "a\"b", String(repeating: "n", count: 2000)] as [String?])
    func nonceThatIsNoneIsNotTriedAgain(nonce: String?) async throws {
        var answer = FakeServer.Answer.error("use_dpop_nonce")
        if let nonce { answer.headerFields[.dpopNonce] = nonce }
        let fake = FakeServer(answers: answer)
        await #expect { try await session(fake) { $0.dpop = .required }.signIn(username: "me", password: "pw") } throws: {
            if case OAuth2Error.server(.useDPoPNonce, _, _, 400) = $0 { true } else { false }
        }
        #expect(fake.exchanges.count == 1)
    }

    @Test func serverThatNeverHasEnoughIsAskedTwice() async throws {
        let fake = FakeServer { _, index in
            var answer = FakeServer.Answer.error("use_dpop_nonce")
            answer.headerFields[.dpopNonce] = "n\(index)"
            return answer
        }
        await #expect(throws: OAuth2Error.self) {
            try await session(fake) { $0.dpop = .required }.signIn(username: "me", password: "pw")
        }
        #expect(fake.exchanges.count == 2)
    }

    /// A whole call: a refusal for want of a nonce is repeated with the same
    /// token, and each origin has a nonce of its own.
    @Test func noncesOfResourceServers() async throws {
        let fake = FakeServer { [self] exchange, index in
            if exchange.url.hasSuffix("/oauth/token") { return answer("A1", refresh: "R1", nonce: "as") }
            var answer = FakeServer.Answer()
            let nonce = try proof(exchange.request).claim("nonce")
            if nonce == nil {
                answer.status = 401
                answer.headerFields[.wwwAuthenticate] = #"DPoP error="use_dpop_nonce", error_description="nonce needed""#
            }
            answer.headerFields[.dpopNonce] = "rs\(index)"
            return answer
        }
        let session = session(fake) { $0.dpop = .required }
        try await session.signIn(username: "me", password: "pw")
        let client = BareClient(session)
        try await client.call("/one")
        try await client.call("/two")
        let sent = fake.exchanges.dropFirst()
        #expect(sent.map(\.request.path) == ["/one", "/one", "/two"])
        #expect(try sent.map { try proof($0.request).claim("nonce") } == [nil, "rs1", "rs2"])
        #expect(Set(sent.map { $0.request.headerFields[.authorization] }) == ["DPoP A1"])

        var elsewhere = request(authority: "files.example.com")
        try await session.authorize(&elsewhere, scopes: [], context: session.context)
        #expect(try proof(elsewhere).claim("nonce") == nil)
    }

    @Test func refusedTokenIsRenewed() async throws {
        let fake = FakeServer { [self] exchange, index in
            if exchange.url.hasSuffix("/oauth/token") { return answer("A\(index)", refresh: "R\(index)") }
            guard exchange.request.headerFields[.authorization] == "DPoP A0" else { return .init() }
            var answer = FakeServer.Answer(status: 401)
            answer.headerFields[.wwwAuthenticate] = #"DPoP error="invalid_token", algs="ES256""#
            return answer
        }
        let session = session(fake) { $0.dpop = .required }
        try await session.signIn(username: "me", password: "pw")
        try await BareClient(session).call("/one")
        #expect(fake.exchanges.map(\.request.path) == ["/oauth/token", "/one", "/oauth/token", "/one"])
        #expect(fake.exchanges[3].request.headerFields[.authorization] == "DPoP A2")
    }

    @Test func keyIsNotShown() async throws {
        let session = session(FakeServer(answers: answer("A1"))) { $0.dpop = .required }
        try await session.signIn(username: "me", password: "pw")
        let token = try #require(await session.token)
        let key = try #require(token.dpopKey?.exposed)
        var text = "\(token) \(String(reflecting: token))"
        dump(token, to: &text)
        dump(session, to: &text)
        #expect(!text.contains(key))
    }
}
