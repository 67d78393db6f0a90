import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What servers do that a client has to get over, seen from a client.
@Suite struct ServerFaultTests {
    /// Docker's and Podman's builds stop where the client hangs up.
    @Test func aSuccessWithoutContentIsReadToItsEnd() async throws {
        let finished = Seen<Bool>()
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for step in 1...5 {
                try connection.sendChunk(Array("{\"stream\":\"step \(step)\"}\n".utf8))
                Thread.sleep(forTimeInterval: 0.02)
            }
            try connection.send("0\r\n\r\n")
            finished.append(true)
        }
        let client = ShopAPI.Client(server: "http://\(server.authority)", transport: URLSessionTransport())
        let (_, response) = try await client.withResponse { try await $0.upload(HTTPBody("x")) }
        #expect(finished.all == [true])
        #expect(String(decoding: response.body, as: UTF8.self).hasSuffix("{\"stream\":\"step 5\"}\n"))
    }

    @Test func aSuccessWithoutContentHasALimit() async throws {
        let transport = RecordingTransport(.text("12345678"))
        let client = ShopAPI.Client(transport: transport, limits: ClientLimits(maximumJSONBodyBytes: 7))
        do {
            try await client.upload(HTTPBody("x"))
            Issue.record("a success")
        } catch {
            guard case .transport(let failure) = error else { throw error }
            #expect(failure.underlying as? HTTPBodyError == .tooLarge(limit: 7))
        }
    }

    /// The server reads the second request and closes the connection without an answer.
    @Test(arguments: [HTTPBody("hello"), HTTPBody(chunks(["he", "llo"]), length: 5, isReplayable: true), nil])
    func aPostIsNotSentTwice(_ body: HTTPBody?) async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                if seen.all.count > 1 { return }
                try connection.respond()
            }
        }
        let transport = URLSessionTransport(configuration: .ephemeral)
        let (_, content) = try await transport.send(.to(server, .put), body: HTTPBody("first"))
        _ = try await content.collect(upTo: 10)
        await #expect(throws: URLError(.networkConnectionLost)) { try await transport.send(.to(server, .post), body: body) }
        // A second one would come at once.
        try await Task.sleep(for: .milliseconds(100))
        #expect(seen.all.filter { !$0.line.hasPrefix("PUT") && $0.text == (body == nil ? "" : "hello") }.count == 1)
        #expect(seen.all.filter { $0.line.hasPrefix("POST") }.count == 1 || body != nil)
    }

    /// An event may be a long time coming; the head of a response may not.
    @Test func eventsAreWaitedFor() async throws {
        let mayGoOn = Seen<Bool>()
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
            while mayGoOn.all.isEmpty { Thread.sleep(forTimeInterval: 0.001) }
            try connection.send("data: 2\n\n")
        }
        // Long enough for a busy machine.
        let transport = URLSessionTransport(timeouts: .init(idle: .seconds(4)))
        let client = ShopAPI.Client(server: "http://\(server.authority)", transport: transport)
        var contents: [Int] = []
        for try await event in try await client.numbers() {
            contents.append(event.content)
            if contents.count == 1 {
                try await Task.sleep(for: .seconds(6))
                mayGoOn.append(true)
            }
        }
        #expect(contents == [1, 2])
    }

    #if canImport(FoundationNetworking)
        /// 388 kB of zeros in gzip are 400 MB.
        @Test func aCompressedBombIsCutOff() async throws {
            let bomb = try gzippedZeros(200_000_000)
            let server = try SocketServer { connection in
                _ = try connection.request()
                try connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n")
                try connection.send(bomb)
                connection.waitForClose()
            }
            let (_, body) = try await URLSessionTransport().send(.to(server), body: nil)
            try await Task.sleep(for: .milliseconds(500))
            await #expect(throws: URLError(.dataLengthExceedsMaximum)) {
                for try await _ in body { try await Task.sleep(for: .milliseconds(5)) }
            }
        }

        @Test func whatWaitsForItsReaderHasALimit() async throws {
            let server = try SocketServer { connection in
                _ = try connection.request()
                try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                for _ in 0..<64 { try connection.sendChunk([UInt8](repeating: 7, count: 65_536)) }
                connection.waitForClose()
            }
            let transport = URLSessionTransport(timeouts: .init(), maximumBufferedBytes: 1 << 20)
            let (_, body) = try await transport.send(.to(server), body: nil)
            try await Task.sleep(for: .milliseconds(300))
            await #expect(throws: URLError(.dataLengthExceedsMaximum)) { for try await _ in body {} }
        }

        @Test(arguments: [
            (["http_proxy": "http://p:1"], "127.0.0.1", true), (["HTTP_PROXY": "http://p:1"], "127.0.0.1", false),
            (["all_proxy": "http://p:1"], "localhost", true), (["http_proxy": ""], "localhost", false),
            (["http_proxy": "http://p:1", "no_proxy": "localhost, 127.0.0.1"], "127.0.0.1", false),
            (["http_proxy": "http://p:1", "NO_PROXY": "*"], "127.0.0.1", false),
            (["http_proxy": "http://p:1", "no_proxy": "example.com"], "127.0.0.1", true),
            (["http_proxy": "http://p:1", "no_proxy": ".example.com"], "api.example.com", false),
            (["http_proxy": "http://p:1", "no_proxy": "[::1]"], "[::1]", false),
            (["http_proxy": "http://p:1", "no_proxy": "::1"], "[::1]", false), ([:], "127.0.0.1", false),
        ])
        func proxies(_ variables: [String: String], _ host: String, _ expected: Bool) {
            #expect(ProxyEnvironment(variables).takesHTTP(to: host) == expected)
        }
    #endif

    private func gzippedZeros(_ count: Int) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "head -c \(count) /dev/zero | gzip -c"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        try #require(bytes.count > 100_000)
        return bytes
    }
}
