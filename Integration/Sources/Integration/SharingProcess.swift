import Clients
import Foundation

/// This program once more, as one of several processes that share a file of
/// tokens.
enum SharingProcess {
    struct Report: Codable, Sendable {
        /// How many requests of the API were answered.
        var requests: Int
        var tokenRequests: Int
    }

    /// Runs a process to its end.
    static func start(_ server: Server, file: URL) async throws -> Report {
        let output = try await Program.run(
            CommandLine.arguments[0], ["share", "\(server.name)=\(server.url)", file.path])
        guard output.status == 0 else {
            throw Unexpected("a process: \(String(decoding: output.data, as: UTF8.self))")
        }
        return try JSONDecoder().decode(Report.self, from: output.data)
    }

    /// What such a process does: five requests at once, with the tokens of the
    /// file.
    static func run(_ server: Server, file: URL) async throws {
        let transport = RecordingTransport()
        let session = server.session(store: FileTokenStore(file), transport: transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<5 { group.addTask { try await server.check(session) } }
            try await group.waitForAll()
        }
        let tokenRequests = await transport.tokenRequests(of: server.scheme).count
        let report = try JSONEncoder().encode(Report(requests: 5, tokenRequests: tokenRequests))
        FileHandle.standardOutput.write(report)
    }
}
