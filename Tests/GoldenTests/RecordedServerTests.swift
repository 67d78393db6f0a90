import ApusRuntime
import ApusTesting
import Foundation
import Testing

/// What a real server, Django REST framework, answered once: `Servers/pages` records it, with
/// the calls of Servers/Pages/Sources/Pages/DjangoRecording.swift.
@Suite("A recording of a real server")
struct RecordedServerTests {
    private let file = Generator.root.appending(path: "Tests/GoldenTests/Recordings/django.json")

    @Test("The typed client gets what the server answered: errors, tokens, pages")
    func replayed() async throws {
        let replay = try ReplayTransport(from: file)
        let server = DjangoAPI.Server(url: "https://replayed.test")
        let visitor = DjangoAPI.Client(server: server, transport: replay)
        // Other secrets than those that were sent then.
        let mia = DjangoAPI.Client(server: server, authorization: .tokenAuth("Token another"), transport: replay)
        let basic = DjangoAPI.Client(server: server, authorization: .basicAuth(username: "mia", password: "another"), transport: replay)

        #expect(await refusal { try await visitor.tokenCreate(.init(username: "mia", password: "another")) } == #"400 {"non_field_errors":["Unable to log in with provided credentials."]}"#)
        #expect(try await visitor.tokenCreate(.init(username: "mia", password: "another")).token == "secret")
        let tag = try await mia.tagsCreate(.init(name: "work"))
        #expect(tag.id == 1 && tag.name == "work")
        #expect(await refusal { try await basic.tagsCreate(.init(name: "work")) } == #"400 {"name":["tag with this name already exists."]}"#)
        #expect(await refusal { try await visitor.tagsCreate(.init(name: "none")) } == #"401 {"detail":"Authentication credentials were not provided."}"#)
        let note = DjangoAPI.NoteRequest(title: String(repeating: "x", count: 41), body: "", secret: "another")
        #expect(await refusal { try await mia.notesCreate(note) } == #"400 {"title":["Ensure this field has no more than 40 characters."]}"#)
        #expect(try await visitor.tagsList() == [tag])
        var numbers: [Int] = []
        // Its pages are three, by URLs of the server that was recorded.
        for try await entry in visitor.entriesByPageList(.all, pageSize: 20) { numbers.append(Int(entry.number)) }
        #expect(numbers == Array(0..<45))
        try await mia.tagsDestroy(id: 1)
        #expect(await refusal { try await visitor.tagsRetrieve(id: 1) } == #"404 {"detail":"No Tag matches the given query."}"#)
        #expect(replay.unplayed == 0)
    }

    private func refusal<Value>(_ call: () async throws -> Value) async -> String? {
        do {
            _ = try await call()
            return nil
        } catch {
            let response = (error as? APIError<Never>)?.response
            return response.map { "\($0.status.code) \(String(decoding: $0.body, as: UTF8.self))" }
        }
    }

    // MARK: - Secrets

    /// What was sent when the recordings were made.
    private static let secrets = ["mia-knows-2f7c91", "mia-forgot-6d20e8", "note-keeps-b83a5d", "lovelace"]

    /// What a text gives away: a secret as it is or in the credentials of HTTP's scheme
    /// `Basic`, or what looks like a token of the server.
    private static func leaks(in text: String) -> [String] {
        let written = secrets + secrets.map { Data("mia:\($0)".utf8).base64EncodedString() }
        return written.filter(text.contains) + text.matches(of: /[0-9a-f]{40}/).map { String($0.output) }
    }

    @Test("No secret is in a recording that is checked in")
    func secrecy() throws {
        let recorder = try String(contentsOf: Generator.root.appending(path: "Servers/Pages/Sources/Pages/DjangoRecording.swift"), encoding: .utf8)
        for secret in Self.secrets.dropLast() { #expect(recorder.contains(secret), "\(secret) is no longer sent") }
        #expect(Self.leaks(in: #""Basic bWlhOm1pYS1rbm93cy0yZjdjOTE=", "0123456789abcdef0123456789abcdef01234567", "mia-forgot-6d20e8""#).count == 3)
        let recordings = try Self.recordings()
        #expect(recordings.contains { $0.url.lastPathComponent == file.lastPathComponent })
        for (url, text) in recordings { #expect(Self.leaks(in: text).isEmpty, "\(url.path)") }
    }

    /// All recordings of the project.
    private static func recordings() throws -> [(url: URL, text: String)] {
        var found: [(URL, String)] = []
        for folder in ["Examples", "Servers", "Tests"] {
            let files = FileManager.default.enumerator(
                at: Generator.root.appending(path: folder), includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
            for case let url as URL in try #require(files) where url.pathExtension == "json" {
                let text = try String(contentsOf: url, encoding: .utf8)
                if text.contains(#""apusRecording""#) { found.append((url, text)) }
            }
        }
        return found
    }
}
