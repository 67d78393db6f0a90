import ApusFiles
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

@Suite("Reading a content of several parts")
struct MultipartReaderTests {
    private func body(_ text: String, chunk size: Int) -> HTTPBody {
        let bytes = Array(text.utf8)
        let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        return HTTPBody(
            AsyncStream { continuation in
                for chunk in chunks { continuation.yield(chunk) }
                continuation.finish()
            })
    }

    private func parts(_ text: String, chunk: Int = 1_000, boundary: String = "X", limits: MultipartLimits = .init()) async throws -> [String] {
        var result: [String] = []
        for try await part in try MultipartReader(body(text, chunk: chunk), contentType: "multipart/form-data; boundary=\"\(boundary)\"", limits: limits) {
            let content = try await part.body.collect(upTo: 1_000)
            result.append("\(part.name ?? "-")|\(part.disposition?.safeFilename ?? "-")|\(String(decoding: content, as: UTF8.self))")
        }
        return result
    }

    private static let text =
        "preamble\r\n--X  \r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--\r\n-X\r\n--X\r\ncontent-disposition: form-data; name=b; filename=\"../f.txt\"\r\nContent-Type: text/plain\r\n\r\n\r\n\r\n\r\n--X\r\n\r\n\r\n--X\r\n\r\nlast\r\n--X--\r\nepilogue"
    private static let contents = ["a|-|one\r\n--\r\n-X", "b|f.txt|\r\n\r\n", "-|-|", "-|-|last"]

    @Test(arguments: [1, 2, 3, 4, 5, 7, 11, 1_000]) func everyBoundaryOfChunks(chunk: Int) async throws {
        #expect(try await parts(Self.text, chunk: chunk) == Self.contents)
        #expect(try await parts("--X\r\n\r\na\r\n--X--", chunk: chunk) == ["-|-|a"])
        #expect(try await parts("--X--", chunk: chunk) == [])
    }

    @Test("What is cut off anywhere is an error") func cut() async throws {
        let whole = "--X\r\nA: b\r\n\r\none\r\n--X\r\n\r\ntwo\r\n--X--"
        for length in 0..<whole.utf8.count {
            await #expect(throws: MultipartError.cutShort, "\(length)") { _ = try await parts(String(decoding: whole.utf8.prefix(length), as: UTF8.self)) }
        }
    }

    @Test("Parts may be skipped") func skipping() async throws {
        var names: [String?] = []
        for try await part in try MultipartReader(body(Self.text, chunk: 3), contentType: "multipart/mixed; boundary=X") { names.append(part.name) }
        #expect(names == ["a", "b", nil, nil])
    }

    @Test("A part cannot be read once the next was asked for") func late() async throws {
        var iterator = try MultipartReader(body(Self.text, chunk: 9), contentType: "multipart/mixed; boundary=X").makeAsyncIterator()
        let first = try #require(try await iterator.next())
        _ = try await iterator.next()
        await #expect(throws: HTTPBodyError.alreadyRead) { _ = try await first.body.collect(upTo: 10) }
    }

    @Test("What is written can be read") func roundTrip() async throws {
        var writer = MultipartWriter(boundary: "b-1")
        writer.required("text", "hello")
        writer.file("file", FilePart(Data([0, 13, 10, 45, 45]), filename: "x.bin"))
        let contentType = writer.contentType
        var found: [String: Data] = [:]
        for try await part in try MultipartReader(try writer.finish(), contentType: contentType) {
            found[part.name ?? ""] = try await part.body.collect(upTo: 100)
        }
        #expect(found == ["text": Data("hello".utf8), "file": Data([0, 13, 10, 45, 45])])
    }

    @Test("Limits") func limits() async throws {
        await #expect(throws: MultipartError.tooLarge("parts")) { _ = try await parts(Self.text, limits: .init(parts: 3)) }
        #expect(try await parts(Self.text, limits: .init(parts: 4)).count == 4)
        await #expect(throws: MultipartError.tooLarge("bytes in a part")) { _ = try await parts(Self.text, limits: .init(partBytes: 5)) }
        let endless = "--X\r\n" + String(repeating: "A: b\r\n", count: 100)
        await #expect(throws: MultipartError.tooLarge("bytes in a header")) { _ = try await parts(endless, limits: .init(headerBytes: 300)) }
        await #expect(throws: MultipartError.tooLarge("bytes in a header")) {
            _ = try await parts("--X\r\nA" + String(repeating: "b", count: 400), chunk: 10, limits: .init(headerBytes: 300))
        }
    }

    @Test("What is none", arguments: ["multipart/mixed", "text/plain; boundary=X", "multipart/mixed; boundary=\"\"", ""])
    func none(contentType: String) {
        #expect(throws: MultipartError.noBoundary) { _ = try MultipartReader(HTTPBody("x"), contentType: contentType) }
    }

    @Test("What is no header", arguments: ["no colon\r\n\r\n", " A: b\r\n\r\n", "A b: c\r\n\r\n"])
    func header(text: String) async {
        await #expect(throws: MultipartError.malformedHeader) { _ = try await parts("--X\r\n" + text + "\r\n--X--") }
    }
}
