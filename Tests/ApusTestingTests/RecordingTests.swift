import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

@Suite("Recording and replay")
struct RecordingTests {
    private let file = FileManager.default.temporaryDirectory.appending(path: "apus-recording-\(UUID().uuidString)/exchange.json")

    private var text: String { get throws { try String(contentsOf: file, encoding: .utf8) } }

    /// Secrets of every kind, where servers and clients put them.
    private static let secrets = [
        "bearer-5fa1c7", "basic-pass-91b2", "cookie-3c77aa", "setcookie-88d1f0", "query-key-64e0", "form-pass-7a3b1", "json-pass-d41d8c",
        "access-tok-0cc175", "refresh-tok-b9c0f1", "nested-secret-92eb5f", "own-field-4a8a08", "own-member-e1671f", "own-path-8fa14c",
        "part-token-45c48c", "event-token-6512bd", "binary-token-c20ad4",
    ]

    private var scrubbing: Scrubbing {
        var scrubbing = Scrubbing()
        scrubbing.headerFields = ["X-Own"]
        scrubbing.members = ["maidenName"]
        scrubbing.paths = ["$.user.iban"]
        return scrubbing
    }

    @Test("No secret is in the file, wherever it stood and wherever it came again")
    func scrubbed() async throws {
        let secrets = Self.secrets
        let server = AnsweringTransport { exchange in
            var response = HTTPResponse(status: .ok)
            response.headerFields[.contentType] = "application/json"
            response.headerFields[.setCookie] = "session=setcookie-88d1f0; Path=/; HttpOnly"
            switch exchange.request.path?.split(separator: "?").first {
            case "/v1/events":
                response.headerFields[.contentType] = "text/event-stream"
                return (response, HTTPBody("id: 1\ndata: {\"token\":\"event-token-6512bd\",\"n\":1}\n\n"))
            case "/v1/binary":
                response.headerFields[.contentType] = "application/octet-stream"
                return (response, HTTPBody(Data([0, 1, 2]) + Data("binary-token-c20ad4".utf8)))
            default:
                return (
                    response,
                    HTTPBody(#"{"access_token":"access-tok-0cc175","refresh_token":"refresh-tok-b9c0f1","user":{"iban":"own-path-8fa14c","deep":{"client_secret":"nested-secret-92eb5f"}},"kept":"visible"}"#)
                )
            }
        }
        var scrubbing = scrubbing
        scrubbing.values = ["binary-token-c20ad4"]
        let recording = RecordingTransport(to: file, server, scrubbing: scrubbing)
        let client = BareClient(recording)
        _ = try await client.send(
            .post, "/login", query: [("api_key", "query-key-64e0"), ("page", "2")],
            headerFields: [.authorization: "Bearer bearer-5fa1c7", .cookie: "sid=cookie-3c77aa", HTTPField.Name("X-Own")!: "own-field-4a8a08"],
            body: HTTPBody(#"{"password":"json-pass-d41d8c","maidenName":"own-member-e1671f","name":"Ada"}"#))
        let basic = Data("ada:basic-pass-91b2".utf8).base64EncodedString()
        _ = try await client.send(
            .post, "/form", headerFields: [.authorization: "Basic \(basic)"], body: HTTPBody("username=ada&password=form-pass-7a3b1"),
            contentType: "application/x-www-form-urlencoded")
        let multipart = "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\npart-token-45c48c\r\n--b--\r\n"
        _ = try await client.send(.post, "/parts", body: HTTPBody(multipart), contentType: "multipart/form-data; boundary=b")
        _ = try await client.send(.get, "/events")
        _ = try await client.send(.get, "/binary")
        // A token that came in an answer, in a place without a name.
        _ = try await client.send(.get, "/sessions/\("access-tok-0cc175")")
        try recording.save()
        let written = try text
        for secret in secrets { #expect(!written.contains(secret), "\(secret)") }
        #expect(!written.contains(basic))
        #expect(written.contains("visible") && written.contains("Ada") && written.contains("page=2"))
    }

    @Test("What was recorded is played, once and in order")
    func strict() async throws {
        let count = Counter()
        let recording = RecordingTransport(to: file, AnsweringTransport { _ in
            var response = HTTPResponse(status: .ok)
            response.headerFields[.contentType] = "application/json"
            response.headerFields[.date] = "Tue, 15 Nov 1994 08:12:31 GMT"
            return (response, HTTPBody(#"{"n":\#(count.next())}"#))
        })
        for _ in 0..<2 { _ = try await BareClient(recording).send(.get, "/items", query: [("b", "2"), ("a", "1")]) }
        try recording.save()
        #expect(try !text.contains("1994"))
        let replay = try ReplayTransport(from: file)
        // The order of the query says nothing.
        let first = try await BareClient(replay).send(.get, "/items", query: [("a", "1"), ("b", "2")])
        let second = try await BareClient(replay).send(.get, "/items", query: [("a", "1"), ("b", "2")])
        #expect(String(decoding: first.body, as: UTF8.self) == #"{"n":1}"#)
        #expect(String(decoding: second.body, as: UTF8.self) == #"{"n":2}"#)
        #expect(replay.unplayed == 0)
        let found = await TestIssues.found { _ = try? await BareClient(replay).with(\.retries, RetryPolicy(maximumRetries: 0)).send(.get, "/items", query: [("a", "1"), ("b", "2")]) }
        #expect(found.first?.message.hasPrefix("the request was recorded, and has been made more often") == true)
    }

    @Test("A miss shows the nearest recorded request as a difference")
    func miss() async throws {
        let recording = RecordingTransport(to: file, AnsweringTransport.json("{}", status: 201))
        _ = try await BareClient(recording).send(.post, "/pets", body: HTTPBody(#"{"name":"Rex","age":3}"#))
        _ = try await BareClient(recording).send(.get, "/owners")
        try recording.save()
        let replay = try ReplayTransport(from: file)
        let found = await TestIssues.found {
            _ = try? await BareClient(replay).with(\.retries, RetryPolicy(maximumRetries: 0)).send(.post, "/pets", body: HTTPBody(#"{"name":"Tom","age":3}"#))
        }
        #expect(
            found.first?.message == """
                the request was not recorded; the nearest one that was (-), and this one (+):
                  POST /v1/pets
                  {
                    "json": {
                      "age": 3,
                -     "name": "Rex"
                +     "name": "Tom"
                    }
                  }
                """)
    }

    @Test("The server's own path does not matter")
    func anotherServer() async throws {
        let recording = RecordingTransport(to: file, AnsweringTransport.json("{}"))
        _ = try await BareClient(recording).send(.get, "/items")
        try recording.save()
        let replay = try ReplayTransport(from: file)
        #expect(try await BareClient(replay).with(\.serverURL, "https://offline.invalid").send(.get, "/items").status == .ok)
    }

    @Test("Links to the recorded server lead to the one that is asked, those to others where they led")
    func links() async throws {
        let answer = """
            {"next":"https://api.test/v1/items?page=2","at":"https://api.test","near":"https://api.test.evil/x","port":"https://api.test:81/","other":"https://cdn.test/x"}
            """
        let recording = RecordingTransport(
            to: file, AnsweringTransport.json(answer, fields: [HTTPField.Name("Link")!: #"<https://api.test/v1/items?page=2>; rel="next""#]))
        _ = try await BareClient(recording).send(.get, "/items")
        try recording.save()
        let response = try await BareClient(try ReplayTransport(from: file)).with(\.serverURL, "http://here:8080/v1").send(.get, "/items")
        let value = try JSON.decode(JSONValue.self, from: response.body)
        #expect(value["next"]?.string == "http://here:8080/v1/items?page=2" && value["at"]?.string == "http://here:8080")
        #expect(value["near"]?.string == "https://api.test.evil/x" && value["port"]?.string == "https://api.test:81/")
        #expect(value["other"]?.string == "https://cdn.test/x")
        #expect(response.headerFields[HTTPField.Name("Link")!] == #"<http://here:8080/v1/items?page=2>; rel="next""#)
    }

    @Test("Loosely, what is sent does not matter, and the last answer comes again")
    func loose() async throws {
        let recording = RecordingTransport(to: file, AnsweringTransport.json(#"{"ok":true}"#))
        _ = try await BareClient(recording).send(.get, "/items", query: [("page", "1")])
        try recording.save()
        let replay = try ReplayTransport(from: file, matching: .loose)
        for page in 1...3 {
            #expect(try await BareClient(replay).send(.get, "/items", query: [("page", "\(page)")]).status == .ok)
        }
    }

    @Test("Secrets are compared with nothing: another token plays the same recording")
    func otherSecrets() async throws {
        let recording = RecordingTransport(to: file, AnsweringTransport.json("{}"))
        _ = try await BareClient(recording).send(.post, "/login", body: HTTPBody(#"{"password":"first-password"}"#))
        try recording.save()
        let replay = try ReplayTransport(from: file)
        #expect(try await BareClient(replay).send(.post, "/login", body: HTTPBody(#"{"password":"second-password"}"#)).status == .ok)
    }

    @Test("Streams, binary bodies and forms of several parts come back as they were")
    func bodies() async throws {
        let events = "id: 1\ndata: {\"n\":1}\n\ndata: {\"n\":2}\n\n"
        let bytes = Data((0...255).map { UInt8($0) })
        let recording = RecordingTransport(to: file, AnsweringTransport { exchange in
            var response = HTTPResponse(status: .ok)
            let isStream = exchange.request.path == "/v1/events"
            response.headerFields[.contentType] = isStream ? "text/event-stream" : "image/png"
            return (response, isStream ? HTTPBody(events) : HTTPBody(bytes))
        })
        func multipart(_ boundary: String) -> HTTPBody {
            HTTPBody("--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--\(boundary)--\r\n")
        }
        _ = try await BareClient(recording).send(.get, "/events")
        _ = try await BareClient(recording).send(.post, "/image", body: multipart("one"), contentType: "multipart/form-data; boundary=one")
        try recording.save()
        let replay = try ReplayTransport(from: file)
        #expect(try await BareClient(replay).send(.get, "/events").body == Data(events.utf8))
        // Another boundary, the same parts.
        let image = try await BareClient(replay).send(.post, "/image", body: multipart("two"), contentType: "multipart/form-data; boundary=two")
        #expect(image.body == bytes)
    }
}

final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0

    func next() -> Int {
        lock.withLock {
            count += 1
            return count
        }
    }

    var value: Int { lock.withLock { count } }
}
