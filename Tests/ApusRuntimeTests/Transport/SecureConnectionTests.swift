#if AsyncHTTPClient
    import ApusAsyncHTTPClient
    import ApusTesting
    import Foundation
    import HTTPTypes
    import NIOHTTP2
    import NIOSSL
    import Testing

    @testable import ApusRuntime

    #if canImport(FoundationNetworking)
        import FoundationNetworking
    #endif

    /// TLS, HTTP/2 and proxies, which are a matter of configuration.
    @Suite struct SecureConnectionTests {
        private let certificates: Certificates

        init() throws {
            certificates = try Certificates.shared.get()
        }

        private func trusting(_ authority: String, client: Bool = false) throws -> HTTPClient.Configuration {
            var configuration = HTTPClient.Configuration()
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates(try certificates.certificates(authority))
            if client {
                tls.certificateChain = try certificates.certificates("client").map { .certificate($0) }
                tls.privateKey = .privateKey(try certificates.key("client"))
            }
            configuration.tlsConfiguration = tls
            return configuration
        }

        private func get(
            _ port: Int, host: String = "localhost", by transport: any Transport, body: HTTPBody? = nil
        ) async throws -> String {
            let request = HTTPRequest(method: body == nil ? .get : .post, scheme: "https", authority: "\(host):\(port)", path: "/")
            let (_, content) = try await transport.send(request, body: body)
            return String(decoding: try await content.collect(upTo: 100), as: UTF8.self)
        }

        @Test("HTTP/2 where the server speaks it", arguments: [(["h2", "http/1.1"], "h2"), (["http/1.1"], "http/1.1")])
        func version(protocols: [String], expected: String) async throws {
            let server = try await TLSServer(certificates, protocols: protocols)
            let transport = AsyncHTTPClientTransport(configuration: try trusting("ca"))
            #expect(try await get(server.port, by: transport) == "\(expected) GET 0")
            let large = HTTPBody(chunks(of: [UInt8](repeating: 7, count: 300_000), size: 10_000), length: 300_000)
            #expect(try await get(server.port, by: transport, body: large) == "\(expected) POST 300000")
        }

        @Test("Many calls share a connection of HTTP/2")
        func manyAtOnce() async throws {
            let server = try await TLSServer(certificates)
            let transport = AsyncHTTPClientTransport(configuration: try trusting("ca"))
            try await withThrowingTaskGroup(of: String.self) { group in
                for count in 0..<50 {
                    group.addTask { try await get(server.port, by: transport, body: HTTPBody([UInt8](repeating: 1, count: count + 1))) }
                }
                var answers: Set<String> = []
                for try await answer in group { answers.insert(answer) }
                #expect(answers == Set((1...50).map { "h2 POST \($0)" }))
            }
        }

        @Test("A stream that the server refuses was not looked at; one that it resets may have been", arguments: [
            (NIOHTTP2.HTTP2ErrorCode.refusedStream, true), (.internalError, false), (.enhanceYourCalm, false),
        ])
        func resetStreams(code: NIOHTTP2.HTTP2ErrorCode, isUnsent: Bool) async throws {
            let server = try await TLSServer(certificates, protocols: ["h2"], reset: code)
            let transport = AsyncHTTPClientTransport(configuration: try trusting("ca"))
            do {
                _ = try await get(server.port, by: transport, body: HTTPBody("x"))
                Issue.record("answered")
            } catch {
                #expect(UnderlyingError(error).isUnsent == isUnsent, "\(error)")
                #expect(UnderlyingError(error).isRetryable, "\(error)")
            }
        }

        @Test("An authority that is not trusted is refused, and so is a name that the certificate has not")
        func trust() async throws {
            let server = try await TLSServer(certificates)
            for transport in [AsyncHTTPClientTransport(configuration: try trusting("other")), AsyncHTTPClientTransport()] {
                await #expect(throws: URLError(.secureConnectionFailed)) { _ = try await get(server.port, by: transport) }
            }
            let elsewhere = try await TLSServer(certificates, name: "elsewhere")
            let transport = AsyncHTTPClientTransport(configuration: try trusting("ca"))
            await #expect(throws: URLError(.secureConnectionFailed)) { _ = try await get(elsewhere.port, by: transport) }
        }

        @Test("A client's certificate is shown to the hosts that are named, and to no other")
        func clientCertificate() async throws {
            let server = try await TLSServer(certificates, wantsCertificate: true)
            let transport = AsyncHTTPClientTransport(
                configuration: try trusting("ca"), hosts: ["LocalHost": try trusting("ca", client: true)])
            #expect(try await get(server.port, by: transport).hasSuffix("GET 0"))
            await #expect(throws: URLError.self) { _ = try await get(server.port, host: "127.0.0.1", by: transport) }
        }

        @Test("Through a proxy goes a tunnel, and nothing of the request outside of it")
        func tunnel() async throws {
            let seen = Seen<ReceivedRequest>()
            let proxy = try SocketServer { connection in
                if let head = try connection.head() { seen.append(head) }
                try connection.respond("502 Bad Gateway")
            }
            var configuration = try trusting("ca")
            configuration.proxy = .server(host: "127.0.0.1", port: Int(proxy.port))
            let transport = AsyncHTTPClientTransport(configuration: configuration)
            var request = HTTPRequest(method: .get, scheme: "https", authority: "api.example.com", path: "/secret?token=1")
            request.headerFields[.authorization] = "Bearer secret"
            await #expect(throws: (any Error).self) { try await transport.send(request, body: nil) }
            let head = try #require(seen.all.first)
            #expect(head.line == "CONNECT api.example.com:443 HTTP/1.1")
            #expect(head.fields.allSatisfy { !$0.1.contains("secret") })
        }
    }
#endif
