import ApusRuntime
import Foundation
import Testing

/// A server of events that is killed and started again.
@Suite(.serialized) struct EventProcessTests {
    private final class Anchor {}

    /// A server process.
    private final class Server {
        let process = Process()
        private(set) var port = 0

        init(port: Int, upTo last: Int) throws {
            let output = Pipe()
            let executable: URL = try #require(Self.executable, "EventProcess was not built")
            process.executableURL = executable
            process.arguments = ["\(port)", "\(last)"]
            process.standardOutput = output
            try process.run()
            var line = Data()
            while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data([10]) { line += byte }
            self.port = try #require(Int(String(decoding: line, as: UTF8.self)))
        }

        func kill() {
            Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }

        private static let executable: URL? = {
            for start in [Bundle.main.executableURL, Bundle(for: Anchor.self).bundleURL] {
                guard var folder = start?.deletingLastPathComponent() else { continue }
                while folder.pathComponents.count > 1 {
                    let candidate = folder.appendingPathComponent("EventProcess")
                    if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
                    folder.deleteLastPathComponent()
                }
            }
            return nil
        }()
    }

    @Test(arguments: TransportKind.allCases) func noEventIsLostWhenTheServerIsKilled(_ kind: TransportKind) async throws {
        let last = 400
        var server = try Server(port: 0, upTo: last)
        defer { server.kill() }
        let client = ShopAPI.Client(server: "http://127.0.0.1:\(server.port)", security: [], transport: kind.make())
        let policy = ReconnectionPolicy(maximumFailures: 50, baseDelay: .milliseconds(20), maximumDelay: .milliseconds(100))
        var received: [Int] = []
        var kills = 0
        for try await event in try await client.watch().resuming(policy) {
            let number = try #require(event.id.flatMap { Int($0) })
            #expect(event.content == "number\n\(number)")
            received.append(number)
            guard number % 70 == 0 else { continue }
            server.kill()
            kills += 1
            server = try Server(port: server.port, upTo: last)
        }
        #expect(received == Array(1...last))
        #expect(kills == 5)
    }
}
