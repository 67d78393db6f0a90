import Declarations
import Lowering
import OpenAPI
import Source
import SpecSource
import SyntaxTree
import Testing

/// Which operations answer with pages.
@Suite("Operations that page")
struct PaginationTests {
    /// One operation and what comes of it: how it pages, or why it does not.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// What stands in the operation, beside its responses.
        var operation = ""
        var parameters: [String] = []
        /// The properties of the response.
        var properties: [String] = []
        /// The fields of the response.
        var headers: [String] = []
        var method = "get"
        var path = "/pets"
        /// `style parameter next items`, or the reason.
        var expected: String

        var testDescription: String { name }

        var text: String {
            let parameters = parameters.map { name in
                let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
                return "{name: '\(parts[0])', in: query, schema: {type: \(parts.count > 1 ? parts[1] : "string")}}"
            }
            let headers = headers.map { "\($0): {schema: {type: string}}" }.joined(separator: ", ")
            let body = method == "post" ? "\n      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {cursor: {type: string}}}}}}" : ""
            return """
                openapi: 3.1.0
                info: {title: Test, version: '1'}
                x-fern-pagination: {cursor: $request.cursor, next_cursor: $response.next, results: $response.data}
                paths:
                  \(path):
                    \(method):
                      operationId: listPets
                \(operation.isEmpty ? "" : "      \(operation)\n")      parameters: [\(parameters.joined(separator: ", "))]\(body)
                      responses:
                        '200':
                          description: Pets
                          headers: {\(headers)}
                          content: {application/json: {schema: {type: object, properties: {\(properties.joined(separator: ", "))}}}}
                """
        }
    }

    static let data = "data: {type: array, items: {type: object, properties: {id: {type: integer}}}}"
    static let next = "next_cursor: {type: string}"

    static let cases: [Case] = [
        Case(name: "a cursor and a next value of its name", parameters: ["cursor"], properties: [data, next], expected: "cursor cursor /next_cursor data"),
        Case(name: "words in camel case", parameters: ["pageToken"], properties: [data, "nextPageToken: {type: string}"], expected: "cursor pageToken /nextPageToken data"),
        Case(name: "brackets", parameters: ["page[after]"], properties: [data, "meta: {type: object, properties: {next_after: {type: string}}}"], expected: "cursor page[after] /meta/next_after data"),
        Case(name: "GraphQL's words", parameters: ["after"], properties: [data, "pageInfo: {type: object, properties: {endCursor: {type: string}, hasNextPage: {type: boolean}}}"], expected: "cursor after /pageInfo/endCursor data"),
        Case(name: "the next page's number", parameters: ["page:integer"], properties: [data, "next_page: {type: integer}"], expected: "cursor page /next_page data"),
        Case(name: "the next offset", parameters: ["offset:integer"], properties: [data, "next_offset: {type: integer}"], expected: "cursor offset /next_offset data"),
        Case(name: "the path's own list before a usual one", parameters: ["cursor"], properties: [data, "pets: {type: array, items: {type: string}}", next], expected: "cursor cursor /next_cursor pets"),
        Case(name: "a list beside what a page is for", parameters: ["cursor"], properties: [data, "included: {type: array, items: {type: object}}", next], expected: "cursor cursor /next_cursor data"),
        Case(name: "two usual lists", parameters: ["cursor"], properties: [data, "items: {type: array, items: {type: string}}", next], expected: "its items may be `data` or `items`"),
        Case(name: "a list of no known name", parameters: ["cursor"], properties: ["things: {type: array, items: {type: string}}", next], expected: "nothing says that `things` is its items"),
        Case(name: "a list around which there is another object", parameters: ["cursor"], properties: ["result: {type: object, properties: {items: {type: array, items: {type: string}}}}", next], expected: "cursor cursor /next_cursor result.items"),
        Case(name: "two next values of one name", parameters: ["cursor"], properties: [data, next, "meta: {type: object, properties: {next_cursor: {type: string}}}"], expected: "what comes next may be `meta.next_cursor` or `next_cursor` in `cursor`"),
        Case(name: "the value of this page", parameters: ["cursor"], properties: [data, "cursor: {type: string}"], expected: "the response has nothing that `cursor` could ask for next"),
        Case(name: "a value of another name", parameters: ["cursor"], properties: [data, "next_token: {type: string}"], expected: "nothing says that `next_token` of the response is what `cursor` asks for"),
        Case(name: "a next thing of another kind", properties: [data, "next_step: {type: string}"], expected: ""),
        Case(name: "Django REST framework", parameters: ["page:integer"], properties: ["count: {type: integer}", "next: {type: [string, 'null'], format: uri}", "previous: {type: string, format: uri}", "results: {type: array, items: {type: string}}"], expected: "url  /next results"),
        Case(name: "a URL by its name", properties: [data, "next_url: {type: string}"], expected: "url  /next_url data"),
        Case(name: "a link with a reference", properties: [data, "_links: {type: object, properties: {next: {type: object, properties: {href: {type: string}}}}}"], expected: "url  /_links/next/href data"),
        Case(name: "a URL to change things at", properties: [data, "next_url: {type: string}"], method: "post", expected: "nothing says that `next_url` of the response is what `/cursor` asks for"),
        Case(name: "Link", properties: [data], headers: ["Link"], expected: "link  Link data"),
        Case(name: "Next-Page", properties: [data], headers: ["Next-Page"], expected: "header  Next-Page data"),
        Case(name: "the number of the next page in a field", parameters: ["page:integer"], properties: [data], headers: ["X-Next-Page"], expected: "cursor page X-Next-Page data"),
        Case(name: "a page that is counted up", parameters: ["page:integer"], properties: [data, "total: {type: integer}"], expected: "`page` is counted up; `inference: wide` or a rule takes it for pages"),
        Case(name: "a cursor in the body", properties: [data, next], method: "post", expected: "cursor body /next_cursor data"),
        Case(name: "a size alone", parameters: ["limit:integer"], properties: [data], expected: ""),
        Case(name: "x-apus-pagination", operation: "x-apus-pagination: {style: offset, offset: from, items: data, total: total}", parameters: ["from:integer"], properties: [data, "total: {type: integer}"], expected: "offset from  data"),
        Case(name: "x-apus-pagination: off", operation: "x-apus-pagination: off", parameters: ["cursor"], properties: [data, next], expected: "`x-apus-pagination` says that there is one page"),
        Case(name: "x-apus-pagination that does not fit", operation: "x-apus-pagination: {style: cursor, cursor: after, next: next_cursor}", parameters: ["cursor"], properties: [data, next], expected: "`x-apus-pagination` cannot be followed: there is no query parameter `after`"),
        Case(name: "x-apus-pagination with a word that is not known", operation: "x-apus-pagination: {style: cursor, cursor: cursor, nxt: next_cursor}", parameters: ["cursor"], properties: [data, next], expected: "`x-apus-pagination` cannot be followed: `nxt` is nothing that can be said of pages; known are style, cursor, page, offset, in, next, nextHeader, items, hasMore, isLast, total, totalPages, first"),
        Case(name: "x-apus-pagination by a JSON Pointer", operation: "x-apus-pagination: {style: url, next: /meta/more~1here}", properties: [data, "meta: {type: object, properties: {more/here: {type: string}}}"], expected: "url  /meta/more~1here data"),
        Case(name: "x-ms-pageable", operation: "x-ms-pageable: {nextLinkName: odata.nextLink, itemName: data}", properties: [data, "odata.nextLink: {type: string}"], expected: "url  /odata.nextLink data"),
        Case(name: "x-ms-pageable with one page", operation: "x-ms-pageable: {nextLinkName: null}", properties: ["value: {type: array, items: {type: string}}"], expected: "`x-ms-pageable` says that there is one page"),
        Case(name: "x-ms-pageable by another operation", operation: "x-ms-pageable: {nextLinkName: nextLink, operationName: listNext}", properties: ["value: {type: array, items: {type: string}}"], expected: "`x-ms-pageable` cannot be followed: another operation asks for the next page: `listNext`"),
        Case(name: "x-speakeasy-pagination", operation: "x-speakeasy-pagination: {type: cursor, inputs: [{name: since, in: parameters, type: cursor}], outputs: {nextCursor: $.meta.last, results: $.data}}", parameters: ["since"], properties: [data, "meta: {type: object, properties: {last: {type: string}}}"], expected: "cursor since /meta/last data"),
        Case(name: "x-speakeasy-pagination by pages", operation: "x-speakeasy-pagination: {type: offsetLimit, inputs: [{name: nr, in: parameters, type: page}], outputs: {results: $.data, numPages: $.pages}}", parameters: ["nr:integer"], properties: [data, "pages: {type: integer}"], expected: "page nr  data"),
        Case(name: "x-speakeasy-pagination by a URL", operation: "x-speakeasy-pagination: {type: url, outputs: {nextUrl: $.more}}", properties: [data, "more: {type: string}"], expected: "url  /more data"),
        Case(name: "x-fern-pagination", operation: "x-fern-pagination: {offset: $request.skip, results: $response.data, step: $request.limit}", parameters: ["skip:integer", "limit:integer"], properties: [data], expected: "offset skip  data"),
        Case(name: "x-fern-pagination by a URI", operation: "x-fern-pagination: {next_uri: $response.more, results: $response.data}", properties: [data, "more: {type: string}"], expected: "url  /more data"),
        Case(name: "x-fern-pagination of the document", operation: "x-fern-pagination: true", parameters: ["cursor"], properties: [data, "next: {type: string}"], expected: "cursor cursor /next data"),
        Case(name: "x-redoclyPagination", operation: "x-redoclyPagination: {style: cursor, cursorParam: since, nextCursor: /last, items: /data}", parameters: ["since"], properties: [data, "last: {type: string}"], expected: "cursor since /last data"),
        Case(name: "x-redocly-pagination", operation: "x-redocly-pagination: {style: page, offsetParam: nr, items: /data}", parameters: ["nr:integer"], properties: [data], expected: "page nr  data"),
        Case(name: "what leads to one thing", properties: [data, "next_url: {type: string}"], path: "/pets/{id}", expected: "`next_url` is a URL, and the path leads to one thing"),
    ]

    private func outcome(_ text: String, _ change: (inout PaginationOptions) -> Void = { _ in }) throws -> String {
        var options = LoweringOptions()
        change(&options.pagination)
        let operation = try #require(try Lowered(text, options: options).module.operations.first)
        switch operation.pagination {
        case .none: return ""
        case .undecided(let reason): return reason
        case .paginated(let pages):
            let parameter =
                switch pages.style {
                case .cursor(.query(let name), _), .page(.query(let name), _), .offset(.query(let name), _): name
                case .cursor(.body, _): "body"
                default: ""
                }
            return [pages.style.name, parameter, pages.style.next, pages.items.map(\.name).joined(separator: ".")].joined(separator: " ")
        }
    }

    @Test(arguments: cases) func decided(_ row: Case) throws {
        #expect(try outcome(row.text) == row.expected)
    }

    private static func rule(_ text: String) throws -> PaginationRule {
        let tree = try SourceReader.parse(Array(text.utf8), path: "rule.yaml", diagnostics: Diagnostics())
        return try #require(PaginationRule(tree.root) { Issue.record("\($0)") })
    }

    @Test("Settings come before the description, and the description before conventions and inference")
    func order() throws {
        let row = Case(
            name: "", operation: "x-apus-pagination: {style: cursor, cursor: cursor, next: next_cursor}", parameters: ["cursor", "page:integer"],
            properties: [Self.data, Self.next, "next: {type: string}"], expected: "")
        let page = try Self.rule("{style: page, page: page}")
        #expect(try outcome(row.text) { $0.conventions = [page] } == "cursor cursor /next_cursor data")
        let statement = PaginationStatement(source: "apus.yaml", content: .rule(page), location: SourceLocation(path: "apus.yaml", line: 1, column: 1))
        #expect(try outcome(row.text) { $0.operations = ["listPets": statement] } == "page page  data")
        #expect(try outcome(row.text) { $0.operations = ["GET /pets": statement] } == "page page  data")
        #expect(try outcome(row.text) { $0.isOff = true } == "")
        let excluded = Configured(text: "listPets", location: SourceLocation(path: "apus.yaml", line: 1, column: 1))
        #expect(try outcome(row.text) { $0.exclude = ["listPets": excluded] } == "it is excluded")
        var plain = row
        plain.operation = ""
        #expect(try outcome(plain.text) { $0.conventions = [page] } == "page page  data")
        #expect(try outcome(plain.text) { $0.inference = .off } == "`next_cursor` of the response is what `cursor` asks for, and `inference` is off")
    }

    @Test("A convention that does not fit says so, where the operation may page")
    func conventions() throws {
        let after = try Self.rule("{style: cursor, cursor: after, next: next}")
        let row = Case(name: "", parameters: ["cursor"], properties: [Self.data], expected: "")
        #expect(
            try outcome(row.text) { $0.conventions = [after] }
                == "there is no query parameter `after`; the response has nothing that `cursor` could ask for next")
    }

    @Test("What is counted up is taken for pages where that is asked for")
    func wide() throws {
        let pages = Case(name: "", parameters: ["page:integer"], properties: [Self.data, "total: {type: integer}"], expected: "")
        #expect(try outcome(pages.text) { $0.inference = .wide } == "page page  data")
        let offset = Case(name: "", parameters: ["skip:integer", "limit:integer"], properties: [Self.data], expected: "")
        #expect(try outcome(offset.text) { $0.inference = .wide } == "offset skip  data")
        let both = Case(name: "", parameters: ["page:integer", "offset:integer"], properties: [Self.data], expected: "")
        #expect(try !outcome(both.text) { $0.inference = .wide }.hasPrefix("page"))
    }

    @Test("Names that are in no description are reported")
    func unused() throws {
        var options = LoweringOptions()
        options.pagination.exclude = ["listCats": Configured(text: "listCats", location: SourceLocation(path: "apus.yaml", line: 3, column: 5))]
        let lowered = try Lowered(Self.cases[0].text, options: options)
        #expect(lowered.diagnostics.map { "\($0)" } == ["apus.yaml:3:5: warning: there is no operation `listCats`; ignored"])
    }
}
