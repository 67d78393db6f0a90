#if AsyncHTTPClient
    import ApusAsyncHTTPClient
    import AsyncHTTPClient
    import Foundation
    import HTTPTypes
    import Testing

    @testable import ApusRuntime

    #if canImport(FoundationNetworking)
        import FoundationNetworking
    #endif

    /// What ends the process inside of Foundation on Linux, and worse.
    @Suite struct HostileServerTests {
        private func server(_ text: String) throws -> LoopbackServer {
            try LoopbackServer { connection in
                _ = try connection.request()
                try connection.send(text)
            }
        }

        private func client(_ server: LoopbackServer) -> ShopAPI.Client {
            ShopAPI.Client(
                server: "http://\(server.authority)",
                transport: AsyncHTTPClientTransport(configuration: .init(), timeouts: .init(idle: .seconds(2))))
        }

        /// Every error of etcd's gateway, and of all others of its kind.
        @Test func trailers() async throws {
            let error = #"{"error":"etcdserver: mvcc: required revision is a future revision","code":11}"#
            let server = try server(
                "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nTrailer: Grpc-Trailer-Content-Type\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n\(String(error.utf8.count, radix: 16))\r\n\(error)\r\n0\r\n"
                    + "Grpc-Trailer-Content-Type: application/grpc\r\n\r\n")
            let response = try await client(server).send(.post, "/v3/kv/range", body: HTTPBody("{}"))
            #expect(response.status.code == 400)
            #expect(response.isBodyComplete)
            #expect(String(decoding: response.body, as: UTF8.self) == error)
        }

        @Test(arguments: [
            "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: \u{0}\r\n\r\n", "\r\n\r\n\r\n\r\n", "HTTP/1.1 101 Go\r\n\r\nabc", "HTTP/1.1 999 X\r\nContent-Length: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        ])
        func bytesThatAreNoAnswer(_ bytes: String) async throws {
            let server = try server(bytes)
            await #expect(throws: APIError<Never>.self) { try await client(server).getUser(id: 1) }
        }

        @Test func aHeadWithoutEnd() async throws {
            let server = try LoopbackServer { connection in
                _ = try connection.request()
                try connection.send("HTTP/1.1 200 OK\r\n")
                let field = [UInt8]("X-Y: \(String(repeating: "z", count: 8_000))\r\n".utf8)
                while true { try connection.send(field) }
            }
            let client = ShopAPI.Client(
                server: "http://\(server.authority)",
                transport: AsyncHTTPClientTransport(configuration: .init(), timeouts: .init(idle: .seconds(5))))
            await #expect(throws: APIError<Never>.self) { try await client.getUser(id: 1) }
        }

        @Test func anEarlyAnswer() async throws {
            let server = try LoopbackServer { connection in
                _ = try connection.head()
                try connection.respond("413 Too Large", ["Connection: close"], body: "no")
                connection.waitForClose()
            }
            let transport = AsyncHTTPClientTransport(configuration: .init())
            let body = HTTPBody(chunks(of: [UInt8](repeating: 1, count: 20_000_000), size: 65_536), length: 20_000_000)
            let (response, _) = try await transport.send(.to(server, .put), body: body)
            #expect(response.status.code == 413)
        }

        @Test func aBombHasALimit() async throws {
            let bomb = try await bomb(50_000_000)
            let server = try LoopbackServer { connection in
                _ = try connection.request()
                try connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n")
                try connection.send(bomb)
                connection.waitForClose()
            }
            let transport = AsyncHTTPClientTransport(configuration: .init(), maximumDecompressedBytes: 1 << 20)
            await #expect(throws: URLError(.dataLengthExceedsMaximum)) {
                let (_, body) = try await transport.send(.to(server), body: nil)
                for try await _ in body {}
            }
        }

        private func bomb(_ count: Int) async throws -> [UInt8] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "head -c \(count) /dev/zero | gzip -c"]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            return [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        }
    }
#endif
