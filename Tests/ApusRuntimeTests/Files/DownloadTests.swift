import ApusFiles
import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

/// A folder that goes away with this object.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("apus-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }

    func text(_ name: String) -> String? {
        FileManager.default.contents(atPath: url.appendingPathComponent(name).path).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension ShopAPI.Client {
    func file() async throws(APIError<Never>) -> HTTPBody {
        try await send(Request(.get, "/file", operation: "file", security: []), as: .stream, errors: .none)
    }

    func report() async throws(APIError<Never>) -> HTTPBody {
        try await send(Request(.post, "/report", operation: "report", security: []), as: .stream, errors: .none)
    }
}

@Suite("Downloads")
struct DownloadTests {
    private func client(_ server: SocketServer, _ kind: TransportKind = .urlSession) -> ShopAPI.Client {
        ShopAPI.Client(server: "http://\(server.authority)", security: [], transport: kind.make()).with(VirtualClock())
    }

    /// Sends the answers of a row, one after the other.
    private func server(_ answers: [String], _ fields: String, _ seen: Seen<ReceivedRequest>, adding head: [String] = []) throws -> SocketServer {
        try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                guard seen.all.count <= answers.count else { return }
                let text = answers[seen.all.count - 1]
                if text == "lost" { return }
                let answer = DownloadAnswer(text, fields, range: request["Range"].first)
                try answer.send(over: connection, adding: head)
                if answer.breaksAt != nil { return }
            }
        }
    }

    private func end(_ transfer: FileTransfer<DownloadedFile>, _ folder: TemporaryFolder) async -> String {
        do {
            let file = try await transfer.value
            switch try String(contentsOf: file.url, encoding: .utf8) {
            case DownloadAnswer.file: return "ok"
            case DownloadAnswer.newFile: return "new"
            case let text: return text
            }
        } catch let error as DownloadError {
            switch error {
            case .interrupted: return "interrupted"
            default: return "\(error)".hasPrefix("the server sent a part") ? "unexpectedRange" : "\(error)"
            }
        } catch let error as APIError<Never> {
            return error.status.map { "\($0.code)" } ?? "lost"
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: TransportKind.allCases, DownloadTable.rows)
    func row(_ kind: TransportKind, _ row: DownloadRow) async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try server(row.answers, row.fields, seen)
        let folder = try TemporaryFolder()
        let transfer = client(server, kind).download(to: .file(folder.url.appendingPathComponent("f"))) { try await $0.file() }
        #expect(await end(transfer, folder) == row.end)
        #expect(seen.all.map { $0["Range"].first } == row.ranges)
        for request in seen.all where !request["Range"].isEmpty {
            let validator = row.fields == "modified" ? "Sun, 06 Nov 1994 08:49:36 GMT" : row.answers.contains("200new!4") && request["Range"] == ["bytes=4-"] ? "\"new\"" : "\"old\""
            #expect(request["If-Range"] == [validator])
        }
        if row.end == "ok" || row.end == "new" {
            #expect(folder.names == ["f"])
        } else if row.end == "unexpectedRange" || !row.answers[0].contains("!") || row.fields == "nothing" {
            #expect(folder.names == [])
        } else {
            #expect(folder.names == [".f.part", ".f.part.json"])
        }
    }

    @Test("A later download goes on, even where only the name is missing", arguments: TransportKind.allCases, [("200!8", "206", "bytes=8-"), ("200chunked!20", "416", "bytes=20-")])
    func later(_ kind: TransportKind, answers: (String, String, String)) async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try server([answers.0, answers.1], "etag", seen)
        let folder = try TemporaryFolder()
        let url = folder.url.appendingPathComponent("f")
        var options = DownloadOptions()
        options.maximumFailures = 0
        #expect(await end(client(server, kind).download(to: .file(url), options: options) { try await $0.file() }, folder) == "interrupted")
        #expect(folder.names == [".f.part", ".f.part.json"])
        let transfer = client(server, kind).download(to: .file(url), options: options) { try await $0.file() }
        #expect(await end(transfer, folder) == "ok")
        #expect(seen.all.map { $0["Range"].first } == [nil, answers.2])
        #expect(folder.names == ["f"])
    }

    @Test("What is of another request is not gone on with")
    func otherRequest() async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try server(["200!8", "200new"], "etag", seen)
        let folder = try TemporaryFolder()
        let url = folder.url.appendingPathComponent("f")
        var options = DownloadOptions()
        options.maximumFailures = 0
        _ = await end(client(server).download(to: .file(url), options: options) { try await $0.file() }, folder)
        let transfer = client(server).download(to: .file(url), options: options) { try await $0.with(\.query, [("v", "2")]).file() }
        #expect(await end(transfer, folder) == "new")
        #expect(seen.all.allSatisfy { $0["Range"].isEmpty })
    }

    @Test("A POST is not made again")
    func post() async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try server(["200!8", "200"], "etag", seen)
        let folder = try TemporaryFolder()
        let transfer = client(server).download(to: .file(folder.url.appendingPathComponent("f"))) { try await $0.report() }
        #expect(await end(transfer, folder) == "interrupted")
        #expect(seen.all.count == 1)
        #expect(folder.names == [])
    }

    @Test("Two downloads to one file do not write into each other")
    func busy() async throws {
        let server = try SocketServer { connection in
            guard try connection.request() != nil else { return }
            try connection.send("HTTP/1.1 200 X\r\nContent-Length: 20\r\nETag: \"a\"\r\n\r\n0123")
            connection.waitForClose()
        }
        let folder = try TemporaryFolder()
        let destination = DownloadDestination.file(folder.url.appendingPathComponent("f"))
        let first = client(server).download(to: destination) { try await $0.file() }
        for await step in first.progress where step.bytes == 4 {
            #expect(step == TransferProgress(bytes: 4, total: 20))
            break
        }
        do {
            _ = try await client(server).download(to: destination) { try await $0.file() }.value
            Issue.record("not busy")
        } catch DownloadError.busy {}
        first.cancel()
        await #expect(throws: (any Error).self) { try await first.value }
        #expect(folder.names == [".f.part", ".f.part.json"])
        #expect(folder.text(".f.part") == "0123")
    }

    @Test("A file that is there keeps its content until the new one is complete")
    func replaced() async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try server(["200!8", "404", "206"], "etag", seen)
        let folder = try TemporaryFolder()
        let url = folder.url.appendingPathComponent("f")
        try Data("before".utf8).write(to: url)
        #expect(await end(client(server).download(to: .file(url)) { try await $0.file() }, folder) == "404")
        #expect(folder.text("f") == "before")
        #expect(await end(client(server).download(to: .file(url)) { try await $0.file() }, folder) == "ok")
    }

    @Test("In a folder, a file has the server's name, and never takes another's place")
    func folder() async throws {
        let seen = Seen<ReceivedRequest>()
        let head = ["Content-Disposition: attachment; filename=\"../../up/report.txt\""]
        let server = try server(["200", "200", "200!8", "206"], "etag", seen, adding: head)
        let folder = try TemporaryFolder()
        for expected in [["report.txt"], ["report (2).txt", "report.txt"], ["report (2).txt", "report (3).txt", "report.txt"]] {
            let transfer = client(server).download(to: .folder(folder.url, otherwise: "file")) { try await $0.file() }
            #expect(await end(transfer, folder) == "ok")
            #expect(folder.names == expected)
        }
    }

    @Test("A limit of bytes")
    func limit() async throws {
        let server = try server(["200"], "etag", Seen())
        let folder = try TemporaryFolder()
        var options = DownloadOptions()
        options.maximumBytes = 19
        await #expect {
            _ = try await client(server).download(to: .file(folder.url.appendingPathComponent("f")), options: options) { try await $0.file() }.value
        } throws: { "\($0)" == "the file is longer than 19 bytes" }
        #expect(folder.names == [])
    }

    @Test("A folder that is not there")
    func noFolder() async throws {
        let server = try server(["200"], "etag", Seen())
        let url = URL(fileURLWithPath: "/nowhere/at/all")
        await #expect {
            _ = try await client(server).download(to: .file(url)) { try await $0.file() }.value
        } throws: { "\($0)" == "open failed with error 2" }
    }

    /// Of the file, by another program.
    private static let sha256 = "a8FL3EUXp6aCxpEN4uKUbrjh7NBAkHKP720JKnzrYsU="

    @Test("Digests are checked where they are sent", arguments: TransportKind.allCases, [
        (["200"], "Repr-Digest: sha-256=:RIGHT:", "ok"), (["200"], "Content-Digest: sha-256=:RIGHT:", "ok"),
        (["200!8", "206"], "Repr-Digest: sha-256=:RIGHT:", "ok"), (["200"], "Repr-Digest: md5=:AAAA:, sha-256=:RIGHT:", "ok"),
        (["200"], "Repr-Digest: md5=:AAAA:", "unchecked"), (["200"], "Repr-Digest: sha-256=RIGHT", "unchecked"),
        (["200"], "Repr-Digest: sha-256=:AAAA:", "wrong"), (["200!8", "206"], "Repr-Digest: sha-512=:AAAA:", "wrong"),
        (["200encoded"], "Repr-Digest: sha-256=:AAAA:", "unchecked"),
    ])
    func digests(_ kind: TransportKind, row: (answers: [String], field: String, end: String)) async throws {
        let folder = try TemporaryFolder()
        let server = try server(row.answers, "etag", Seen(), adding: [row.field.replacingOccurrences(of: "RIGHT", with: Self.sha256)])
        do {
            let file = try await client(server, kind).download(to: .file(folder.url.appendingPathComponent("f"))) { try await $0.file() }.value
            #expect(row.end == (file.checkedDigests == ["sha-256"] ? "ok" : "unchecked"))
        } catch DownloadError.wrongDigest {
            #expect(row.end == "wrong")
            #expect(folder.names == [])
        }
    }
}
