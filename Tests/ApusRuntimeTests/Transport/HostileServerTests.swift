#if AsyncHTTPClient
    import ApusAsyncHTTPClient
    import ApusTesting
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
        private func server(_ text: String) throws -> SocketServer {
            try SocketServer { connection in
                _ = try connection.request()
                try connection.send(text)
            }
        }

        private func client(_ server: SocketServer) -> ShopAPI.Client {
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

        @Test(arguments: TransportContract.hostileChecks)
        func contract(_ check: TransportCheck) async throws {
            try await check.run { TransportKind.asyncHTTPClient.make(idle: $0) }
        }

        @Test func aHeadWithoutEnd() async throws {
            let server = try SocketServer { connection in
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

        @Test func aBombHasALimit() async throws {
            let bomb = try await bomb(50_000_000)
            let server = try SocketServer { connection in
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
