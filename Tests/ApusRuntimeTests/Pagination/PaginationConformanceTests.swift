import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

struct ThingPage: JSONCodable, Hashable {
    var items: [Int]

    init(from object: inout ObjectReader) {
        items = object.required("items")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("items", items)
    }
}

extension ShopAPI.Client {
    func listThings(
        body: Bool = false, parameter: String = "", start: String? = nil, limit: Int? = nil
    ) async throws(APIError<Never>) -> ThingPage {
        var request = Request(body ? .post : .get, "/things", operation: "listThings", security: [])
        request.query("limit", limit)
        switch parameter {
        case "after": request.query("after", start)
        case "page": request.query("page", start)
        case "offset": request.query("offset", start)
        default: break
        }
        if body { request.json(["limit": 2] as JSONValue, contentType: "application/json") }
        return try await send(request, as: .json, errors: .none)
    }
}

/// Walks as a row says.
private struct Walker {
    let row: PaginationRow
    let client: ShopAPI.Client

    func walk() async throws -> (items: [Int], ends: String) {
        var items: [Int] = []
        var ends: [String] = []
        var iterator = sequence(.all).pages.makeAsyncIterator()
        var attempts = 0
        while true {
            do {
                guard let page = try await iterator.next() else {
                    ends.append("end")
                    break
                }
                items += page.items
                if row.settings.contains("resume"), let continuation = page.continuation {
                    let kept = try JSONEncoder().encode(continuation)
                    iterator = sequence(.from(try JSONDecoder().decode(PageContinuation.self, from: kept))).pages.makeAsyncIterator()
                }
            } catch let error as APIError<Never> {
                ends.append(Self.name(error))
                attempts += 1
                if !row.settings.contains("again") || attempts > 1 { break }
            }
        }
        return (items, ends.joined(separator: " "))
    }

    /// The same by its items alone.
    func items() async -> [Int] {
        var items: [Int] = []
        var iterator = sequence(.all).makeAsyncIterator()
        for _ in 0...1 {
            do {
                while let item = try await iterator.next() { items.append(item) }
            } catch {
                continue
            }
            break
        }
        return items
    }

    private func sequence(_ range: PageRange) -> PagedItems<ThingPage, Int, Never> {
        let row = row
        return PagedItems(
            range, of: client.with { $0.maximumPages = row.setting("max").flatMap { Int($0) } ?? 10_000 }, by: row.pagination,
            items: { $0.items }
        ) { client throws(APIError<Never>) in
            try await client.listThings(
                body: row.style == "body", parameter: row.parameter, start: row.setting("start"), limit: row.setting("limit").flatMap { Int($0) })
        }
    }

    private static func name(_ error: APIError<Never>) -> String {
        switch error.pagination {
        case .repeated: "repeated"
        case .foreignOrigin: "foreign"
        case .missingNext: "missing"
        case .unusableNext: "unusable"
        case .tooManyPages: "too many"
        case nil:
            if case .decoding = error { "bad" } else { error.status.map { "\($0.code)" } ?? "\(error)" }
        }
    }
}

@Suite("Pages")
struct PaginationConformanceTests {
    @Test func rows() {
        #expect(PaginationTable.rows.count >= 60)
    }

    private static func written(_ target: String, _ body: String?) -> String {
        let path = target.prefix { $0 != "?" }
        let shown = path == "/v1/things" ? String(target.dropFirst(path.count)) : "=" + target
        return (shown.isEmpty ? "." : shown) + (body ?? "")
    }

    private static func expected(_ row: PaginationRow) -> [String] {
        row.requests.isEmpty && row.setting("max") != "0" ? ["."] : row.requests
    }

    @Test(arguments: PaginationTable.rows) func inMemory(_ row: PaginationRow) async throws {
        let transport = RecordingTransport { exchange, index in
            guard index < row.answers.count else { return .empty(599) }
            let answer = row.answers[index]
            var result = RecordingTransport.Answer.json(answer.body.replacing("@", with: "https://api.example.com"), status: answer.status)
            if let field = answer.field, let name = HTTPField.Name(field.name) {
                result.headerFields[name] = field.value.replacing("@", with: "https://api.example.com")
            }
            return result
        }
        let walker = Walker(row: row, client: ShopAPI.Client(transport: transport))
        let (items, ends) = try await walker.walk()
        #expect(items == row.items)
        #expect(ends == row.ends)
        #expect(transport.exchanges.map { Self.written($0.request.path ?? "", $0.body) } == Self.expected(row))
        #expect(transport.exchanges.allSatisfy { $0.request.authority == "api.example.com" && $0.request.scheme == "https" })
    }

    /// Items alone, one after the other; an error does not end them.
    @Test(arguments: PaginationTable.rows.filter { !$0.settings.contains("resume") }) func items(_ row: PaginationRow) async throws {
        let transport = RecordingTransport { _, index in
            let answer = row.answers[min(index, row.answers.count - 1)]
            var result = RecordingTransport.Answer.json(answer.body.replacing("@", with: "https://api.example.com"), status: answer.status)
            if let field = answer.field, let name = HTTPField.Name(field.name) {
                result.headerFields[name] = field.value.replacing("@", with: "https://api.example.com")
            }
            return result
        }
        let items = await Walker(row: row, client: ShopAPI.Client(transport: transport)).items()
        #expect(items == row.items)
    }

    @Test(arguments: TransportKind.allCases, PaginationTable.rows) func overSockets(_ kind: TransportKind, _ row: PaginationRow) async throws {
        let seen = Seen<ReceivedRequest>()
        let origin = Seen<String>()
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                guard seen.all.count <= row.answers.count else { return try connection.respond("599 X") }
                let answer = row.answers[seen.all.count - 1]
                func whole(_ text: String) -> String { text.replacing("@", with: origin.all[0]) }
                try connection.respond(
                    "\(answer.status) X",
                    ["Content-Type: application/json"] + [answer.field.map { "\($0.name): \(whole($0.value))" }].compactMap(\.self),
                    body: whole(answer.body))
            }
        }
        origin.append("http://\(server.authority)")
        let walker = Walker(row: row, client: ShopAPI.Client(server: "http://\(server.authority)/v1", transport: kind.make()))
        let (items, ends) = try await walker.walk()
        #expect(items == row.items)
        #expect(ends == row.ends)
        let requests = seen.all.map { Self.written(String($0.line.split(separator: " ")[1]), $0.body.isEmpty ? nil : $0.text) }
        #expect(requests == Self.expected(row))
    }
}
