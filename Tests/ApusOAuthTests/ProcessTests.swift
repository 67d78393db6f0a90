#if os(macOS) || os(Linux)
    import ApusRuntime
    import Foundation
    import Testing

    @testable import ApusOAuth

    /// Real processes that share a file of tokens.
    @Suite struct ProcessTests {
        /// The program, and what it says.
        private struct Program {
            let process = Process()
            private let input = Pipe()
            private let output = Pipe()

            init(_ arguments: String...) throws {
                let executable = try #require(Self.executable, "TokenProcess was not built")
                process.executableURL = executable
                process.arguments = arguments
                process.standardInput = input
                process.standardOutput = output
                process.standardError = output
                try process.run()
            }

            /// SwiftPM puts it into the folder of the tests, or above it.
            private static let executable: URL? = {
                for start in [Bundle.main.executableURL, Bundle(for: Anchor.self).bundleURL] {
                    guard var folder = start?.deletingLastPathComponent() else { continue }
                    while folder.pathComponents.count > 1 {
                        let candidate = folder.appendingPathComponent("TokenProcess")
                        if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
                        folder.deleteLastPathComponent()
                    }
                }
                return nil
            }()

            /// What it says until it is ready.
            func untilReady() -> String {
                var text = ""
                while !text.hasSuffix("ready\n") {
                    let data = output.fileHandleForReading.availableData
                    if data.isEmpty { return text }
                    text += String(decoding: data, as: UTF8.self)
                }
                return text
            }

            func goOn() throws { try input.fileHandleForWriting.write(contentsOf: Data("go\n".utf8)) }

            /// The rest of what it says.
            func end() throws -> String {
                let data = try output.fileHandleForReading.readToEnd() ?? Data()
                process.waitUntilExit()
                return String(decoding: data, as: UTF8.self)
            }
        }

        private final class Anchor {}

        private func withFile<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            return try await body(folder.appendingPathComponent("tokens.json"))
        }

        /// A store with a token that has ended, as the program's sessions find it.
        private func prepare(_ file: URL, server: String) async throws -> (FileTokenStore, key: String) {
            let key = OAuth2Session(
                scheme: OAuth2Scheme(name: "oauth2"), client: OAuth2Client(id: "client-id"),
                context: CredentialContext(serverURL: server, transport: FakeServer(answers: .init()))
            ).storeKey
            let store = FileTokenStore(file)
            try await store.save(
                OAuth2Token(
                    accessToken: "SECRET-A1", refreshToken: "SECRET-R1", issuedAt: Date(timeIntervalSinceNow: -7200),
                    expiresAt: Date(timeIntervalSinceNow: -3600)), for: key)
            return (store, key)
        }

        @Test func processesRefreshOnceBetweenThem() async throws {
            try await withFile { file in
                let server = try ScriptedServer { _, index in
                    [.pause(0.3), .token("SECRET-A\(index + 2)", refresh: "SECRET-R\(index + 2)")]
                }
                defer { server.stop() }
                let (store, key) = try await prepare(file, server: server.url)
                let programs = try (0..<3).map { _ in try Program("together", server.url, file.path, "SECRET-A2") }
                for program in programs { #expect(program.untilReady() == "ready\n") }
                for program in programs { try program.goOn() }
                for program in programs { #expect(try program.end() == "50 of 50\n") }
                #expect(server.requests.count == 1)
                #expect(server.requests.first?.contains("refresh_token=SECRET-R1") == true)
                #expect(try await store.load(key)?.refreshToken?.exposed == "SECRET-R2")
            }
        }

        /// The refresh of one process ends after another has signed out: nobody
        /// is signed in again, and what it brought is revoked.
        @Test func signOutDuringTheRefreshOfAnotherProcess() async throws {
            try await withFile { file in
                let mark = file.path + ".signed-out"
                let server = try ScriptedServer { request, _ in
                    if request.hasPrefix("POST /revoke") { return [.answer("")] }
                    while !FileManager.default.fileExists(atPath: mark) { Thread.sleep(forTimeInterval: 0.02) }
                    return [.token("SECRET-A2", refresh: "SECRET-R2")]
                }
                defer { server.stop() }
                let (store, key) = try await prepare(file, server: server.url)
                let program = try Program("late", server.url, file.path, "SECRET-A2")
                #expect(program.untilReady() == "ready\n")
                try program.goOn()
                while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
                let session = OAuth2Session(
                    scheme: OAuth2Scheme(name: "oauth2", tokenURL: "/token"), client: OAuth2Client(id: "client-id"),
                    store: store, context: CredentialContext(serverURL: server.url, transport: FakeServer(answers: .init())))
                try await session.signOut()
                try Data().write(to: URL(fileURLWithPath: mark))
                #expect(try program.end() == "signed out\n")
                #expect(try await store.load(key) == nil)
                #expect(server.requests.count == 2)
                #expect(server.requests.last?.contains("token=SECRET-R2") == true)
            }
        }

        /// The old file is as it was, nothing half-written lies around, the new
        /// token is used, whoever listens is told, and it is saved as soon as
        /// there is room.
        @Test func fullDisk() async throws {
            try await withFile { file in
                let server = try ScriptedServer { _, index in [.token("SECRET-A\(index + 2)", refresh: "SECRET-R\(index + 2)")] }
                defer { server.stop() }
                let (store, key) = try await prepare(file, server: server.url)
                let before = try Data(contentsOf: file)
                let program = try Program("full", server.url, file.path, "SECRET-A2")
                let said = program.untilReady()
                #expect(said == "used the token store failed: write failed with errno \(EFBIG)\nready\n")
                #expect(try Data(contentsOf: file) == before)
                let names = try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
                #expect(names.allSatisfy { $0 == "tokens.json" || $0.hasSuffix(".lock") })
                try program.goOn()
                #expect(try program.end() == "used\n")
                #expect(server.requests.count == 1)
                #expect(try await store.load(key)?.refreshToken?.exposed == "SECRET-R2")
            }
        }
    }
#endif
