import ApusFiles
import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

@Suite("Files on their way", .serialized)
struct TransferTests {
    @Test("An upload tells how far it is, and begins anew where the call does", arguments: TransportKind.allCases)
    func upload(_ kind: TransportKind) async throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appendingPathComponent("f")
        let content = Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0) })
        try content.write(to: url)
        let bodies = Seen<[UInt8]>()
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                bodies.append(request.body)
                try connection.respond(bodies.all.count == 1 ? "503 X" : "200 X")
            }
        }
        let client = ShopAPI.Client(server: "http://\(server.authority)", security: [], transport: kind.make(), options: CallOptions()).with(VirtualClock())
        let upload = try client.upload(url) { try await $0.upload($1) }
        var last: TransferProgress?
        for await step in upload.progress {
            #expect(step.total == 200_000)
            last = step
        }
        try await upload.value
        #expect(last == TransferProgress(bytes: 200_000, total: 200_000))
        #expect(last?.fraction == 1)
        #expect(bodies.all == [[UInt8](content), [UInt8](content)])
    }

    @Test("An upload that fails, one that is cancelled, and one of a file that is not there")
    func failing() async throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appendingPathComponent("f")
        try Data("x".utf8).write(to: url)
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                guard request.line.hasPrefix("PUT /upload ") else { return connection.waitForClose() }
                try connection.respond("404 X")
            }
        }
        let client = ShopAPI.Client(server: "http://\(server.authority)", security: [], transport: URLSessionTransport())
        let refused = try client.upload(url) { try await $0.upload($1) }
        for await _ in refused.progress {}
        await #expect { try await refused.value } throws: { ($0 as? APIError<ShopAPI.Problem>)?.status?.code == 404 }
        let waiting = try client.upload(url) { try await $0.with(\.query, [("wait", "")]).upload($1) }
        let value = Task { try await waiting.value }
        value.cancel()
        await #expect(throws: (any Error).self) { try await value.value }
        #expect(throws: (any Error).self) { _ = try client.upload(folder.url.appendingPathComponent("none")) { try await $0.upload($1) } }
    }

    /// How many bytes go each way: more with `make gigabyte`.
    private static let bytes = ProcessInfo.processInfo.environment["APUS_FILE_BYTES"].flatMap { Int64($0) } ?? 8_000_000

    @Test("Files of any length in bounded memory, both ways", arguments: TransportKind.allCases)
    func large(_ kind: TransportKind) async throws {
        let total = Self.bytes
        let block = [UInt8]((0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })
        let received = Seen<Int64>()
        let server = try SocketServer { connection in
            while let head = try connection.head() {
                var left = total
                if head.line.hasPrefix("GET") {
                    try connection.send("HTTP/1.1 200 X\r\nContent-Length: \(total)\r\nETag: \"a\"\r\n\r\n")
                    while left > 0 {
                        let count = min(left, Int64(block.count))
                        try connection.send(Array(block.prefix(Int(count))))
                        left -= count
                    }
                } else {
                    while left > 0 {
                        let count = min(left, Int64(block.count))
                        guard try connection.take(Int(count)) == Array(block.prefix(Int(count))) else { return }
                        left -= count
                    }
                    received.append(total)
                    try connection.respond()
                }
            }
        }
        let folder = try TemporaryFolder()
        let url = folder.url.appendingPathComponent("f")
        let client = ShopAPI.Client(server: "http://\(server.authority)", security: [], transport: kind.make())
        let before = Self.residentBytes
        var most = before
        let download = client.download(to: .file(url)) { try await $0.file() }
        for await _ in download.progress { most = max(most, Self.residentBytes) }
        let file = try await download.value
        #expect(file.bytes == total)
        let upload = try client.upload(url) { try await $0.upload($1) }
        for await _ in upload.progress { most = max(most, Self.residentBytes) }
        try await upload.value
        #expect(received.all == [total])
        // Of few bytes, what other tests do at the same time is more than these.
        if total >= 100_000_000 {
            #expect(most - before < 100_000_000)
            print("\(kind): \(total) bytes each way, at most \((most - before) >> 20) MiB more in memory")
        }
    }

    /// How much memory the process has (Linux; 0 elsewhere).
    private static var residentBytes: Int64 {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        return (text.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0) * 4_096
    }
}
