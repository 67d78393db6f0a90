import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

@Suite struct DeviceTests {
    private static let codes =
        #"{"device_code":"D1","user_code":"WDJB-MJHT","verification_uri":"https://e.example/d","verification_uri_complete":"https://e.example/d?c=WDJB-MJHT","expires_in":300,"interval":5}"#

    /// Begins the flow on a server that gives these answers to the questions.
    private func run(
        _ clock: ManualClock, codes: String = Self.codes,
        _ answer: @escaping @Sendable (Int) async throws -> FakeServer.Answer
    ) async throws -> (OAuth2Session, FakeServer, Result<Void, OAuth2Error>) {
        let fake = FakeServer { exchange, index in
            if exchange.url.hasSuffix("/device") { return .json(codes) }
            return try await answer(index - 1)
        }
        let session = session(fake, clock: clock)
        let authorization = try await session.deviceAuthorization(scopes: ["a"])
        do throws(OAuth2Error) {
            try await session.signIn(with: authorization)
            return (session, fake, .success(()))
        } catch {
            return (session, fake, .failure(error))
        }
    }

    @Test func exactRequests() async throws {
        let clock = ManualClock()
        let (session, fake, result) = try await run(clock) { $0 == 0 ? .error("authorization_pending") : .token("A1") }
        try result.get()
        #expect(fake.exchanges[0].url == "https://api.example.com/oauth/device")
        #expect(fake.exchanges[0].body == "scope=a&client_id=client-id&client_secret=client-secret")
        #expect(fake.exchanges[1].url == "https://api.example.com/oauth/token")
        #expect(
            fake.exchanges[1].body
                == "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=D1&client_id=client-id&client_secret=client-secret"
        )
        #expect(fake.exchanges.count == 3)
        #expect(clock.sleeps == [5, 5])
        #expect(await session.accessText == "A1")
    }

    @Test func whatTheUserIsShown() async throws {
        let fake = FakeServer(answers: .json(Self.codes))
        let clock = ManualClock()
        let authorization = try await session(fake, clock: clock).deviceAuthorization()
        #expect(authorization.userCode == "WDJB-MJHT")
        #expect(authorization.verificationURI == "https://e.example/d")
        #expect(authorization.verificationURIComplete == "https://e.example/d?c=WDJB-MJHT")
        #expect(authorization.expiresAt == clock.date.addingTimeInterval(300))
        #expect(authorization.interval == 5)
    }

    @Test func draftNamesAndDefaults() async throws {
        let fake = FakeServer(
            answers: .json(#"{"device_code":"D1","user_code":"U","verification_url":"https://e.example/d"}"#)
        )
        let authorization = try await session(fake).deviceAuthorization()
        #expect(authorization.verificationURI == "https://e.example/d")
        #expect(authorization.interval == 5)
        #expect(authorization.verificationURIComplete == nil)
    }

    @Test func slowDownAddsFiveSeconds() async throws {
        let clock = ManualClock()
        let (_, _, result) = try await run(clock) { index in
            switch index {
            case 0, 2: .error("slow_down")
            case 1, 3: .error("authorization_pending")
            default: .token("A1")
            }
        }
        try result.get()
        #expect(clock.sleeps == [5, 10, 10, 15, 15])
    }

    @Test func networkFaultsDoNotEndTheWaiting() async throws {
        let clock = ManualClock()
        let (session, _, result) = try await run(clock) { index in
            switch index {
            case 0: throw FakeServer.Unreachable()
            case 1: .init(status: 502, body: "<html>", contentType: "text/html")
            case 2: .init(status: 200, body: "<html>", contentType: "text/html")
            case 3: .error("authorization_pending")
            default: .token("A1")
            }
        }
        try result.get()
        #expect(clock.sleeps == [5, 10, 20, 40, 40])
        #expect(await session.accessText == "A1")
    }

    @Test(arguments: ["access_denied", "invalid_grant", "invalid_client"])
    func refusal(code: String) async throws {
        let (_, fake, result) = try await run(ManualClock()) { _ in .error(code) }
        guard case .failure(.server(OAuth2Error.Code(rawValue: code), _, _, 400)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(fake.exchanges.count == 2)
    }

    @Test func expiry() async throws {
        let clock = ManualClock()
        let (_, fake, result) = try await run(clock) { _ in .error("authorization_pending") }
        guard case .failure(.deviceCodeExpired) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(fake.exchanges.count == 60)
        let (_, _, told) = try await run(ManualClock()) { _ in .error("expired_token") }
        guard case .failure(.deviceCodeExpired) = told else {
            Issue.record("\(told)")
            return
        }
    }

    @Test func cancellation() async throws {
        let gate = Gate()
        let fake = FakeServer { exchange, _ in
            if exchange.url.hasSuffix("/device") { return .json(Self.codes) }
            await gate.pass()
            return .error("authorization_pending")
        }
        let session = session(fake)
        let authorization = try await session.deviceAuthorization()
        let waiting = Task { try await session.signIn(with: authorization) }
        await gate.arrived()
        waiting.cancel()
        await gate.open()
        await #expect { try await waiting.value } throws: {
            if case OAuth2Error.cancelled = $0 { true } else { false }
        }
        #expect(fake.exchanges.count == 2)
    }
}
