import ApusRuntime
import Foundation
import Testing

@testable import ApusOAuth

/// A redirect answers one request of one session, at one place.
@Suite struct RedirectBindingTests {
    @Test(arguments: [
        "https://evil.example/cb", "http://app.example/cb", "https://app.example/other", "https://app.example/cb/",
        "https://app.example:444/cb", "com.evil:/cb",
    ])
    func anotherPlace(place: String) async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake)
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb")
        await #expect { try await session.signIn(redirectedTo: "\(place)?code=C&state=\(request.state)", for: request) } throws: {
            if case OAuth2Error.invalidRedirect = $0 { true } else { false }
        }
        #expect(fake.exchanges.isEmpty)
        // It used nothing up.
        try await session.signIn(redirectedTo: "HTTPS://APP.example/cb?code=C&state=\(request.state)", for: request)
        #expect(await session.accessText == "A1")
    }

    @Test func rootWithAndWithoutItsSlash() async throws {
        let session = session(FakeServer(answers: .token("A1")))
        let request = try session.authorizationRequest(redirectURI: "https://app.example?app=1")
        try await session.signIn(redirectedTo: "https://app.example/?app=1&code=C&state=\(request.state)", for: request)
        #expect(await session.accessText == "A1")
    }

    @Test func requestOfAnotherSession() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let mine = session(fake)
        let other = session(fake) { $0.tokenURL = "https://other.example/token" }
        let request = try mine.authorizationRequest(redirectURI: "https://app.example/cb")
        await #expect {
            try await other.signIn(redirectedTo: "https://app.example/cb?code=C&state=\(request.state)", for: request)
        } throws: {
            if case OAuth2Error.invalidRedirect = $0 { true } else { false }
        }
        #expect(fake.exchanges.isEmpty)
    }

    /// The code was not spent, so the user need not begin again.
    @Test(arguments: [503, 429, 200]) func codeThatWasNotTaken(status: Int) async throws {
        let fake = FakeServer { _, index in
            index == 0 ? .init(status: status, body: "<html>", contentType: "text/html") : .token("A1")
        }
        let session = session(fake)
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb")
        let url = "https://app.example/cb?code=C&state=\(request.state)"
        await #expect(throws: OAuth2Error.self) { try await session.signIn(redirectedTo: url, for: request) }
        try await session.signIn(redirectedTo: url, for: request)
        #expect(await session.accessText == "A1")
    }

    /// The view that began it has gone; the code is spent all the same.
    @Test func callerThatIsCancelledDuringTheExchange() async throws {
        let gate = Gate()
        let store = MemoryTokenStore()
        let fake = FakeServer { _, _ in
            await gate.pass()
            try Task.checkCancellation()
            return .token("A1", refresh: "R1")
        }
        let session = session(fake, store: store)
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb")
        let signIn = Task {
            try await session.signIn(redirectedTo: "https://app.example/cb?code=C&state=\(request.state)", for: request)
        }
        await gate.arrived()
        signIn.cancel()
        await gate.open()
        _ = await signIn.result
        #expect(try await store.load(session.storeKey)?.refreshToken == "R1")
    }
}
