import Foundation
import Testing

@testable import ApusRuntime

@Suite("Multipart forms (RFC 7578)")
struct MultipartTests {
    private struct Form: MultipartCodable {
        var photo = FilePart(Data("bytes".utf8), filename: "p\".jpg")

        func encode(to form: inout MultipartWriter) {
            form.required("title", "a \"b\"")
            form.required("na\"me\r\n", 7)
            form.optional("absent", nil as String?)
            form.required("color", ["x": 1])
            form.required("tags", ["p", "q"])
            form.required("all", ["p", "q"], contentType: "application/json")
            form.file("photo", photo, contentType: "image/jpeg")
            form.file("none", nil)
            form.file("nulled", Optional(Nullable<FilePart>.null))
            form.files("allNulled", Optional(Nullable<[FilePart]>.null))
        }
    }

    private func text(_ form: Form) async throws -> (text: String, body: HTTPBody) {
        var writer = MultipartWriter(boundary: "B")
        form.encode(to: &writer)
        #expect(writer.contentType == "multipart/form-data; boundary=B")
        let body = try writer.finish()
        return (String(decoding: try await body.collect(upTo: .max), as: UTF8.self), body)
    }

    private let expected = [
        "--B", "Content-Disposition: form-data; name=\"title\"", "", "a \"b\"",
        "--B", "Content-Disposition: form-data; name=\"na%22me%0D%0A\"", "", "7",
        "--B", "Content-Disposition: form-data; name=\"color\"", "Content-Type: application/json", "", #"{"x":1}"#,
        "--B", "Content-Disposition: form-data; name=\"tags\"", "", "p",
        "--B", "Content-Disposition: form-data; name=\"tags\"", "", "q",
        "--B", "Content-Disposition: form-data; name=\"all\"", "Content-Type: application/json", "", #"["p","q"]"#,
        "--B", "Content-Disposition: form-data; name=\"photo\"; filename=\"p%22.jpg\"", "Content-Type: image/jpeg", "", "bytes",
        "--B--", "",
    ].joined(separator: "\r\n")

    @Test("Parts")
    func parts() async throws {
        let (text, body) = try await text(Form())
        #expect(text == expected)
        #expect(body.length == Int64(text.utf8.count))
        #expect(body.isReplayable)
    }

    @Test("A file that is streamed is not held in memory, and gives the same bytes")
    func streamed() async throws {
        let chunks = AsyncStream<[UInt8]> { continuation in
            for byte in "bytes".utf8 { continuation.yield([byte]) }
            continuation.finish()
        }
        let (text, body) = try await text(Form(photo: FilePart(HTTPBody(chunks, length: 5), filename: "p\".jpg")))
        #expect(text == expected)
        #expect(body.length == Int64(text.utf8.count))
        #expect(!body.isReplayable)
        await #expect(throws: HTTPBodyError.self) { try await body.collect(upTo: .max) }
    }

    @Test("A media type cannot add lines")
    func injection() async throws {
        let (text, _) = try await text(Form(photo: FilePart(Data(), filename: "a\r\nX: y")))
        #expect(!text.contains("\nX"))
    }

    @Test("A value that would end its field is refused, not cut", arguments: ["a/b\r\nX: y", "a/b\n", "a\0b"])
    func brokenFields(contentType: String) async throws {
        await #expect(throws: JSONError.self) {
            try await text(Form(photo: FilePart(Data(), filename: "a", contentType: contentType)))
        }
    }

    @Test("What JSON cannot say is an error")
    func notANumber() {
        var writer = MultipartWriter()
        writer.required("x", Double.nan)
        #expect(throws: JSONError.self) { try writer.finish() }
    }
}
