import ApusRuntime
import Foundation
import Testing

@testable import ApusOAuth

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct LoopbackReceiverTests {
    private func get(_ url: String) async throws -> (String, Int) {
        let (data, response) = try await URLSession.shared.data(from: try #require(URL(string: url)))
        return (String(decoding: data, as: UTF8.self), (response as? HTTPURLResponse)?.statusCode ?? 0)
    }

    @Test func fromTheRequestToTheToken() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake)
        let receiver = try LoopbackReceiver()
        let request = try session.authorizationRequest(redirectURI: receiver.redirectURI)
        async let redirect = receiver.redirect(for: request, within: .seconds(30))
        // What browsers ask for besides, and somebody else's redirect.
        let icon = try await get(receiver.redirectURI.replacingOccurrences(of: "/callback", with: "/favicon.ico"))
        #expect(icon.1 == 404)
        #expect(try await get(receiver.redirectURI + "?code=evil&state=forged").1 == 404)
        let (page, status) = try await get(receiver.redirectURI + "?code=C1&state=\(request.state)")
        #expect(status == 200)
        #expect(page.contains("You can close this window."))
        #expect(!page.contains("C1"))
        try await session.signIn(redirectedTo: try await redirect, for: request)
        #expect(fake.exchanges[0].form["code"] == "C1")
        #expect(fake.exchanges[0].form["redirect_uri"] == receiver.redirectURI)
        #expect(await session.accessText == "A1")
        // One redirect, then closed.
        await #expect(throws: (any Error).self) { _ = try await get(receiver.redirectURI + "?state=\(request.state)") }
    }

    @Test func endsInTime() async throws {
        let session = session(FakeServer(answers: .token("A1")))
        let receiver = try LoopbackReceiver(path: "done")
        #expect(receiver.redirectURI.hasSuffix("/done"))
        let request = try session.authorizationRequest(redirectURI: receiver.redirectURI)
        await #expect { _ = try await receiver.redirect(for: request, within: .milliseconds(150)) } throws: {
            if case OAuth2Error.transport(let error) = $0 { error is LoopbackReceiver.TimedOut } else { false }
        }
    }

    @Test func canBeCancelled() async throws {
        let session = session(FakeServer(answers: .token("A1")))
        let receiver = try LoopbackReceiver()
        let request = try session.authorizationRequest(redirectURI: receiver.redirectURI)
        let waiting = Task { try await receiver.redirect(for: request, within: .seconds(3600)) }
        waiting.cancel()
        await #expect { _ = try await waiting.value } throws: {
            if case OAuth2Error.cancelled = $0 { true } else { false }
        }
    }

    @Test func portsDiffer() throws {
        let receivers = try (0..<10).map { _ in try LoopbackReceiver() }
        #expect(Set(receivers.map(\.redirectURI)).count == 10)
    }
}
