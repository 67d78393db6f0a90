import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

private struct Color: JSONCodable {
    var r: Int
    var g: String

    init(r: Int, g: String) {
        self.r = r
        self.g = g
    }

    init(from object: inout ObjectReader) {
        r = object.required("R")
        g = object.required("G")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("R", r)
        object.required("G", g)
    }
}

@Suite("Requests")
struct RequestTests {
    private let color = Color(r: 100, g: "a b")
    private let list = ["blue", "b/k", "x,y"]

    private func path(_ path: RequestPath) -> String {
        path.failure.map { "error: \($0.message)" } ?? path.text
    }

    // MARK: Paths (OpenAPI "Style Examples", RFC 6570)

    @Test("Path styles")
    func pathStyles() {
        #expect(path("/a/\(5)/b") == "/a/5/b")
        #expect(path("/a/\("x y/z?#%é")") == "/a/x%20y%2Fz%3F%23%25%C3%A9")
        #expect(path("/\(list)") == "/blue,b%2Fk,x%2Cy")
        #expect(path("/\(list, explode: true)") == "/blue,b%2Fk,x%2Cy")
        #expect(path("/\(color)") == "/R,100,G,a%20b")
        #expect(path("/\(color, explode: true)") == "/R=100,G=a%20b")
        #expect(path("/x\("v", .label)") == "/x.v")
        #expect(path("/x\(list, .label)") == "/x.blue,b%2Fk,x%2Cy")
        #expect(path("/x\(list, .label, explode: true)") == "/x.blue.b%2Fk.x%2Cy")
        #expect(path("/x\(color, .label, explode: true)") == "/x.R=100.G=a%20b")
        #expect(path("/x\(5, .matrix, name: "id")") == "/x;id=5")
        #expect(path("/x\(list, .matrix, name: "c")") == "/x;c=blue,b%2Fk,x%2Cy")
        #expect(path("/x\(list, .matrix, name: "c", explode: true)") == "/x;c=blue;c=b%2Fk;c=x%2Cy")
        #expect(path("/x\(color, .matrix, name: "c")") == "/x;c=R,100,G,a%20b")
        #expect(path("/x\(color, .matrix, name: "c", explode: true)") == "/x;R=100;G=a%20b")
        #expect(path("/\(color, .json)") == "/%7B%22R%22%3A100%2C%22G%22%3A%22a%20b%22%7D")
        #expect(path("/sp ace/ü") == "/sp%20ace/%C3%BC")
    }

    @Test("Values can neither climb nor vanish", arguments: ["..", ".", ""])
    func climbing(value: String) {
        #expect(path("/users/\(value)").hasPrefix("error: a path parameter"))
        #expect(path("/users/\(value)x") == "/users/\(value)x" || value.isEmpty)
    }

    @Test("A climbing value is not sent")
    func climbingIsNotSent() async {
        let transport = RecordingTransport()
        let client = TestClient(transport)
        await #expect {
            try await client.send(Request(.delete, "/users/\("..")", operation: "o"), as: .empty, errors: ErrorResponses<Never>.none)
        } throws: { error in
            guard case APIError<Never>.encoding = error else { return false }
            return true
        }
        #expect(transport.messages.isEmpty)
    }

    // MARK: Queries

    private func query(_ build: (inout Request) -> Void) -> String {
        var request = Request(.get, "/", operation: "o")
        build(&request)
        return request.failure.map { "error: \($0.message)" } ?? request.query
    }

    @Test("Query styles")
    func queryStyles() {
        #expect(query { $0.query("q", "a b+c&d=é/?") } == "q=a%20b%2Bc%26d%3D%C3%A9%2F%3F")
        #expect(query { $0.query("q", "a/b?c:d+e&f#g", allowReserved: true) } == "q=a/b?c:d%2Be%26f%23g")
        #expect(query { $0.query("c", list) } == "c=blue&c=b%2Fk&c=x%2Cy")
        #expect(query { $0.query("c", list, explode: false) } == "c=blue,b%2Fk,x%2Cy")
        #expect(query { $0.query("c", list, .spaceDelimited) } == "c=blue%20b%2Fk%20x%2Cy")
        #expect(query { $0.query("c", list, .pipeDelimited) } == "c=blue%7Cb%2Fk%7Cx%2Cy")
        #expect(query { $0.query("c", list, .pipeDelimited, explode: true) } == "c=blue&c=b%2Fk&c=x%2Cy")
        #expect(query { $0.query("c", color) } == "R=100&G=a%20b")
        #expect(query { $0.query("c", color, explode: false) } == "c=R,100,G,a%20b")
        #expect(query { $0.query("c", color, .deepObject) } == "c%5BR%5D=100&c%5BG%5D=a%20b")
        #expect(query { $0.queryContent("c", color) } == "c=%7B%22R%22%3A100%2C%22G%22%3A%22a%20b%22%7D")
        #expect(query { $0.query("a b", true) } == "a%20b=true")
        #expect(query { $0.query("c", nil as String?) }.isEmpty)
        #expect(query { $0.query("c", [String]()) }.isEmpty)
        #expect(query { $0.query("c", "") } == "c=")
        #expect(query { $0.query("n", 1.5); $0.query("m", -3) } == "n=1.5&m=-3")
        #expect(query { $0.query("d", Date(timeIntervalSince1970: 0)) } == "d=1970-01-01T00%3A00%3A00Z")
    }

    @Test("Header fields and cookies")
    func headersAndCookies() async throws {
        let transport = RecordingTransport()
        var request = Request(.get, "/", operation: "o")
        request.header("X-List", list)
        request.header("X-Object", color, explode: true)
        request.header("X-Nothing", nil as String?)
        request.headerContent("X-JSON", color)
        request.cookie("a", "x; y=é")
        request.cookie("b", [1, 2])
        try await TestClient(transport).send(request, as: .empty, errors: ErrorResponses<Never>.none)
        let fields = try #require(transport.messages.first).request.headerFields
        #expect(fields[HTTPField.Name("X-List")!] == "blue,b/k,x,y")
        #expect(fields[HTTPField.Name("X-Object")!] == "R=100,G=a b")
        #expect(fields[HTTPField.Name("X-JSON")!] == #"{"R":100,"G":"a b"}"#)
        #expect(fields[HTTPField.Name("X-Nothing")!] == nil)
        #expect(fields[.cookie] == "a=x%3B%20y=%C3%A9; b=1; b=2")
        #expect(fields[.accept] == "application/json")
    }

    @Test("A header field cannot be broken out of")
    func headerInjection() {
        var request = Request(.get, "/", operation: "o")
        request.header("X-A", "x\r\nX-B: y")
        #expect(request.failure != nil)
    }

    // MARK: Bodies

    @Test("Bodies")
    func bodies() async throws {
        let transport = RecordingTransport()
        let client = TestClient(transport)
        func send(_ build: (inout Request) -> Void) async throws {
            var request = Request(.post, "/x", operation: "o")
            build(&request)
            try await client.send(request, as: .empty, errors: ErrorResponses<Never>.none)
        }
        try await send { $0.json(color) }
        try await send { $0.form(color) }
        try await send { $0.form(["k": ["a+b", "c d"]]) }
        try await send { $0.text("é", contentType: "text/plain; charset=utf-8") }
        try await send { $0.body(HTTPBody([1, 2] as [UInt8]), contentType: "image/png") }
        try await send { $0.json(nil as Color?) }
        let messages = transport.messages
        #expect(messages.map(\.body) == [#"{"R":100,"G":"a b"}"#, "R=100&G=a+b", "k=a%2Bb&k=c+d", "é", "\u{1}\u{2}", ""])
        #expect(
            messages.map { $0.request.headerFields[.contentType] } == [
                "application/json", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded",
                "text/plain; charset=utf-8", "image/png", nil,
            ])
        #expect(messages.first?.line == "POST https://api.example/v1/x")
    }

    @Test("What JSON cannot say is not sent")
    func notANumber() async {
        var request = Request(.post, "/", operation: "o")
        request.json([Double.nan])
        let transport = RecordingTransport()
        await #expect {
            try await TestClient(transport).send(request, as: .empty, errors: ErrorResponses<Never>.none)
        } throws: { error in
            guard case APIError<Never>.encoding = error else { return false }
            return true
        }
        #expect(transport.messages.isEmpty)
    }

    private struct Form: MultipartCodable {
        func encode(to form: inout MultipartWriter) {
            form.required("title", "a \"b\"")
            form.required("na\"me\r\n", 7)
            form.optional("absent", nil as String?)
            form.required("color", Color(r: 1, g: "x"))
            form.required("tags", ["p", "q"])
            form.file("photo", FilePart(Data("bytes".utf8), filename: "p\".jpg"), contentType: "image/jpeg")
        }
    }

    @Test("Multipart forms")
    func multipart() async throws {
        var writer = MultipartWriter(boundary: "B")
        Form().encode(to: &writer)
        #expect(writer.contentType == "multipart/form-data; boundary=B")
        let body = try writer.finish()
        let text = String(decoding: try await body.collect(upTo: .max), as: UTF8.self)
        let expected = [
            "--B", "Content-Disposition: form-data; name=\"title\"", "", "a \"b\"",
            "--B", "Content-Disposition: form-data; name=\"na%22me%0D%0A\"", "", "7",
            "--B", "Content-Disposition: form-data; name=\"color\"", "Content-Type: application/json", "", #"{"G":"x","R":1}"#,
            "--B", "Content-Disposition: form-data; name=\"tags\"", "", "p",
            "--B", "Content-Disposition: form-data; name=\"tags\"", "", "q",
            "--B", "Content-Disposition: form-data; name=\"photo\"; filename=\"p%22.jpg\"", "Content-Type: image/jpeg", "", "bytes",
            "--B--", "",
        ]
        #expect(text == expected.joined(separator: "\r\n"))
        #expect(body.length == Int64(text.utf8.count))
    }

    @Test("Servers", arguments: [
        ("https://h", "https://h/p"), ("https://h/", "https://h/p"), ("https://h:8443/a/b/", "https://h:8443/a/b/p"),
        ("https://h/a b", "https://h/a%20b/p"), ("HTTPS://h?k=v", "https://h/p?k=v"), ("ftp://h", nil), ("/v1", nil), ("https://u:p@h", nil),
        ("", nil),
    ])
    func servers(url: String, line: String?) async throws {
        let transport = RecordingTransport()
        try? await TestClient(transport, server: url)
            .send(Request(.get, "/p", operation: "o"), as: .empty, errors: ErrorResponses<Never>.none)
        #expect(transport.messages.first?.line == line.map { "GET " + $0 })
    }
}
