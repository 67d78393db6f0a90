import ApusTesting
import Foundation
import Testing

/// What a download does with what happens to it: one case in a line.
///
/// What the server says of the file | what comes, request by request | `Range` of each request | end
///
/// The file is 20 bytes. The server says of it an `etag`, a `weak` one, when it was `modified`,
/// that it was modified `recently`, or `nothing`. What comes is a status with what is peculiar about it:
/// `!8` (the connection breaks after 8 bytes of the content), `new` (another file), `chunked` (without
/// a length), `@5` (from there), `/99` (of so many), `tag` (with another tag), `encoded`
/// (gzip), or `lost` (no answer). `-` is a request without `Range`. The end is
/// `ok`, `new`, a status, or the name of the error.
enum DownloadTable {
    static let text = """
        etag     | 200                               | -             | ok
        etag     | 200chunked                        | -             | ok
        etag     | 200!8 206                         | - 8           | ok
        etag     | 200!1 206                         | - 1           | ok
        etag     | 200!19 206                        | - 19          | ok
        etag     | 200!0 200                         | - -           | ok
        etag     | 200!8 206!4 206                   | - 8 12        | ok
        etag     | 200!8 206!0 206!4 206!0 206       | - 8 8 12 12   | ok
        etag     | 200chunked!8 206                  | - 8           | ok
        etag     | 200chunked!20 416                 | - 20          | ok
        etag     | 200chunked!20 416/30 200          | - 20 -        | ok
        etag     | 200chunked!20 416tag 200new       | - 20 -        | new
        etag     | 200!8 206chunked                  | - 8           | ok
        etag     | 200!8 200                         | - 8           | ok
        etag     | 200!8 200new                      | - 8           | new
        etag     | 200!8 200new!4 206new             | - 8 4         | new
        etag     | 200!8 206@5 200                   | - 8 -         | ok
        etag     | 200!8 206@9 200                   | - 8 -         | ok
        etag     | 200!8 206/99 200                  | - 8 -         | ok
        etag     | 200!8 206tag 200new               | - 8 -         | new
        etag     | 200!8 206encoded 200              | - 8 -         | ok
        etag     | 200!8 416/10 200                  | - 8 -         | ok
        etag     | 200!8 416 200                     | - 8 -         | ok
        etag     | 200!8 206@5 206                   | - 8 -         | unexpectedRange
        etag     | 206                               | -             | unexpectedRange
        etag     | 200!8 404                         | - 8           | 404
        etag     | 200!8 503                         | - 8           | 503
        etag     | 404                               | -             | 404
        etag     | lost                              | -             | lost
        etag     | 200!8 lost 206                    | - 8 8         | ok
        etag     | 200!8 lost lost lost lost lost    | - 8 8 8 8 8   | interrupted
        etag     | 200!8 206!0 206!0 206!0 206!0 206!0 | - 8 8 8 8 8 | interrupted
        etag     | 200encoded                        | -             | ok
        etag     | 200encoded!8 200                  | - -           | ok
        modified | 200!8 206                         | - 8           | ok
        modified | 200!8 200new                      | - 8           | new
        weak     | 200!8 200                         | - -           | ok
        recently | 200!8 200                         | - -           | ok
        nothing  | 200!8 200                         | - -           | ok
        nothing  | 200chunked!8 200new               | - -           | new
        nothing  | 200!8 200!8 200!8 200!8 200!8 200!8 | - - - - - - | interrupted
        """

    static let rows = text.split(separator: "\n").map { DownloadRow(String($0)) }
}

struct DownloadRow: Sendable, CustomTestStringConvertible {
    let line: String
    let fields: String
    let answers: [String]
    let ranges: [String?]
    let end: String

    init(_ line: String) {
        self.line = line
        let columns = line.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        fields = columns[0]
        answers = columns[1].split(separator: " ").map(String.init)
        ranges = columns[2].split(separator: " ").map { $0 == "-" ? nil : "bytes=\($0)-" }
        end = columns[3]
    }

    var testDescription: String { line }
}

/// An answer of a row, for a request.
struct DownloadAnswer {
    static let file = "0123456789abcdefghij"
    /// The file, in gzip.
    private static let encodedFile = [UInt8](Data(base64Encoded: "H4sIAAAAAAACAzMwNDI2MTUzt7BMTEpOSU1Lz8jMAgApDYxjFAAAAA==")!)
    static let newFile = "ABCDEFGHIJ0123456789"

    let status: Int
    let head: [String]
    let content: [UInt8]
    let isChunked: Bool
    let breaksAt: Int?

    init(_ text: String, _ fields: String, range: String?) {
        let status = Int(text.prefix(3))!
        self.status = status
        func number(_ mark: Character) -> Int? {
            text.firstIndex(of: mark).flatMap { Int(text[text.index(after: $0)...].prefix(while: \.isNumber)) }
        }
        let isNew = text.contains("new")
        let file = Array((isNew ? Self.newFile : Self.file).utf8)
        let asked = range.flatMap { Int($0.dropFirst("bytes=".count).dropLast()) } ?? 8
        let start = number("@") ?? asked
        isChunked = text.contains("chunked")
        breaksAt = number("!")
        var head: [String] = []
        switch status {
        case 206:
            content = Array(file.dropFirst(start))
            head.append("Content-Range: bytes \(start)-19/\(number("/") ?? 20)")
        case 416:
            content = Array("no".utf8)
            head.append("Content-Range: bytes */\(number("/") ?? 20)")
        default:
            content = text.contains("encoded") ? Self.encodedFile : file
        }
        let tag = isNew || text.contains("tag") ? "new" : "old"
        switch fields {
        case "etag": head.append("ETag: \"\(tag)\"")
        case "weak": head.append("ETag: W/\"\(tag)\"")
        case "modified": head += ["Last-Modified: Sun, 06 Nov 1994 08:49:36 GMT", "Date: Sun, 06 Nov 1994 08:49:37 GMT"]
        case "recently": head += ["Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT", "Date: Sun, 06 Nov 1994 08:49:37 GMT"]
        default: break
        }
        if text.contains("encoded") { head.append("Content-Encoding: gzip") }
        self.head = head
    }

    func send(over connection: SocketConnection, adding fields: [String] = []) throws {
        let length = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(content.count)"
        try connection.send((["HTTP/1.1 \(status) X", length] + head + fields + ["", ""]).joined(separator: "\r\n"))
        let sent = Array(content.prefix(breaksAt ?? content.count))
        if !sent.isEmpty { try isChunked ? connection.sendChunk(sent) : connection.send(sent) }
        if isChunked, breaksAt == nil { try connection.send("0\r\n\r\n") }
    }
}
