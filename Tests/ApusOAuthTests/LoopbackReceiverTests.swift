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

/// Browsers open connections ahead and say nothing, and others on this machine
/// may too.
@Suite struct LoopbackConnectionTests {
    private func connect(_ uri: String) throws -> Int32 {
        let port = try #require(UInt16(uri.split(separator: ":")[2].prefix { $0 != "/" }))
        #if canImport(Glibc) || canImport(Musl)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0)
        return descriptor
    }

    private func get(_ url: String) async throws -> (String, Int) {
        let (data, response) = try await URLSession.shared.data(from: try #require(URL(string: url)))
        return (String(decoding: data, as: UTF8.self), (response as? HTTPURLResponse)?.statusCode ?? 0)
    }

    @Test func silentConnectionsHoldNothingUp() async throws {
        let session = session(FakeServer(answers: .token("A1")))
        let receiver = try LoopbackReceiver()
        let silent = try (0..<3).map { _ in try connect(receiver.redirectURI) }
        defer { for descriptor in silent { close(descriptor) } }
        let request = try session.authorizationRequest(redirectURI: receiver.redirectURI)
        // Were they waited for one after the other, five seconds each, the user
        // would come too late.
        async let redirect = receiver.redirect(for: request, within: .seconds(14))
        #expect(try await get(receiver.redirectURI + "?code=C1&state=\(request.state)").1 == 200)
        #expect(try await redirect.hasSuffix("?code=C1&state=\(request.state)"))
    }

    @Test func limitAndCancellationActDespiteThem() async throws {
        let session = session(FakeServer(answers: .token("A1")))
        let receiver = try LoopbackReceiver()
        let silent = try connect(receiver.redirectURI)
        defer { close(silent) }
        let request = try session.authorizationRequest(redirectURI: receiver.redirectURI)
        let waiting = Task { try await receiver.redirect(for: request, within: .seconds(3600)) }
        try await Task.sleep(for: .milliseconds(150))
        waiting.cancel()
        await #expect(throws: OAuth2Error.self) { try await waiting.value }
        let other = try LoopbackReceiver()
        let idle = try connect(other.redirectURI)
        defer { close(idle) }
        await #expect { _ = try await other.redirect(for: request, within: .milliseconds(150)) } throws: {
            "\($0)".hasPrefix("nobody came back to the redirect within")
        }
    }

    /// Anybody could send it, so it ends nothing; the user is told.
    @Test func errorWithoutState() async throws {
        let session = session(FakeServer(answers: .token("A1")))
        let receiver = try LoopbackReceiver()
        let request = try session.authorizationRequest(redirectURI: receiver.redirectURI)
        async let redirect = receiver.redirect(for: request, within: .seconds(60))
        let (page, status) = try await get(receiver.redirectURI + "?error=invalid_request")
        #expect(status == 400)
        #expect(page.contains("The server reports an error"))
        #expect(try await get(receiver.redirectURI + "?code=C1&state=\(request.state)").1 == 200)
        _ = try await redirect
    }
}

/// Servers that compare the redirect URI letter by letter.
@Suite struct LoopbackAddressTests {
    @Test func fixedPort() throws {
        let port: UInt16
        do {
            let receiver = try LoopbackReceiver()
            port = try #require(UInt16(receiver.redirectURI.split(separator: ":")[2].prefix { $0 != "/" }))
        }
        #expect(try LoopbackReceiver(path: "/cb", port: port).redirectURI == "http://127.0.0.1:\(port)/cb")
        let holder = try LoopbackReceiver(host: .localhost, port: port)
        #expect(holder.redirectURI == "http://localhost:\(port)/callback")
        #expect { _ = try LoopbackReceiver(port: port) } throws: { "\($0)".hasPrefix("this machine has no port") }
    }

    @Test(arguments: [LoopbackReceiver.Host.localhost, .ipv6]) func names(host: LoopbackReceiver.Host) async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake)
        let receiver: LoopbackReceiver
        do { receiver = try LoopbackReceiver(host: host) } catch {
            // A machine without IPv6.
            #expect(host == .ipv6)
            return
        }
        let request = try session.authorizationRequest(redirectURI: receiver.redirectURI)
        async let redirect = receiver.redirect(for: request, within: .seconds(60))
        try send("GET /callback?code=C1&state=\(request.state) HTTP/1.1\r\n\r\n", to: receiver.redirectURI, host)
        try await session.signIn(redirectedTo: try await redirect, for: request)
        #expect(fake.exchanges[0].form["redirect_uri"] == receiver.redirectURI)
    }

    /// Foundation's URL loading on Linux does not take IPv6 addresses.
    private func send(_ text: String, to uri: String, _ host: LoopbackReceiver.Host) throws {
        let last = try #require(uri.split(separator: ":").last)
        let port = try #require(UInt16(last.prefix { $0 != "/" }))
        #if canImport(Glibc) || canImport(Musl)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let descriptor = socket(host == .ipv6 ? AF_INET6 : AF_INET, kind, 0)
        defer { close(descriptor) }
        var result: Int32 = -1
        if host == .ipv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_addr = in6addr_loopback
            result = connect(descriptor, &address)
        } else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            result = connect(descriptor, &address)
        }
        try #require(result == 0)
        let bytes = Array(text.utf8)
        #expect(Foundation.send(descriptor, bytes, bytes.count, 0) == bytes.count)
    }

    private func connect<Address>(_ descriptor: Int32, _ address: inout Address) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}

/// What a sign-in sheet answers, and what its cancellation does, in any order.
@Suite struct OneAnswerTests {
    @Test func firstCounts() async {
        let early = OneAnswer<Int>()
        early.give(1)
        early.give(2)
        #expect(await early.value() == 1)
        let late = OneAnswer<Int>()
        let waiting = Task { await late.value() }
        await Task.yield()
        late.give(3)
        late.give(4)
        #expect(await waiting.value == 3)
    }

    @Test func manyGiveAtOnce() async {
        for _ in 0..<200 {
            let answer = OneAnswer<Int>()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { #expect((0..<4).contains(await answer.value())) }
                for value in 0..<4 { group.addTask { answer.give(value) } }
            }
        }
    }
}
