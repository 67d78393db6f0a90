import Foundation
import Testing

@testable import ApusRuntime

/// What comes of pages: one case in a line.
///
/// How they follow each other | what is set | the answers | the requests | the items | the end
///
/// An answer has its items, `>` and what comes next as JSON, members in braces and a
/// header field in brackets, or is a status. `@` is the server's origin. The requests
/// are what is asked for behind `/v1/things`; `=` is the whole target, for those of
/// another path, and braces are a body. What is set: `limit=`, `start=` (the value of
/// the parameter in the first request), `max=` (pages), `again` (after an error it is
/// asked once more), `resume` (after each page the continuation goes through JSON, and
/// a new walk begins with it).
enum PaginationTable {
    static let text = #"""
        cursor      |                | 1,2                                                      |                       | 1 2     | end
        cursor      |                |                                                          |                       |         | end
        cursor      |                | 1,2>"b" ~ 3,4>"c" ~ 5                                    | . ?after=b ?after=c   | 1 2 3 4 5 | end
        cursor      |                | 1>"b" ~ 2>null                                           | . ?after=b            | 1 2     | end
        cursor      |                | 1>"b" ~ 2>""                                             | . ?after=b            | 1 2     | end
        cursor      |                | 1>"b" ~ 2>false                                          | . ?after=b            | 1 2     | end
        cursor      |                | >"b" ~ >"c" ~ 3                                          | . ?after=b ?after=c   | 3       | end
        cursor      |                | 1>"b" ~ >"c" ~ 2                                         | . ?after=b ?after=c   | 1 2     | end
        cursor      |                | 1>"b" ~ 2>"b"                                            | . ?after=b            | 1 2     | repeated
        cursor      |                | 1>"b" ~ 2>"c" ~ 3>"b"                                    | . ?after=b ?after=c   | 1 2 3   | repeated
        cursor      | again          | 1>"b" ~ 2>"b"                                            | . ?after=b            | 1 2     | repeated repeated
        cursor      |                | 1>{"a":1}                                                | .                     | 1       | unusable
        cursor      |                | 1>[1]                                                    | .                     | 1       | unusable
        cursor      |                | 1>true                                                   | .                     | 1       | unusable
        cursor      |                | 1>100 ~ 2>200 ~ 3                                        | . ?after=100 ?after=200 | 1 2 3 | end
        cursor      |                | 1>"a b&c=d/ü" ~ 2                                        | . ?after=a%20b%26c%3Dd%2F%C3%BC | 1 2 | end
        cursor      |                | 1>"a\"b" ~ 2                                             | . ?after=a%22b        | 1 2     | end
        cursor      | limit=2        | 1,2>"b" ~ 3                                              | ?limit=2 ?limit=2&after=b | 1 2 3 | end
        cursor      | start=x        | 1>"b" ~ 2                                                | ?after=x ?after=b     | 1 2     | end
        cursor      | start=x limit=2 | 1>"b" ~ 2                                               | ?limit=2&after=x ?limit=2&after=b | 1 2 | end
        cursor      | start=x        | 1>"x"                                                    | ?after=x              | 1       | repeated
        cursor      | max=2          | 1>"b" ~ 2>"c" ~ 3                                        | . ?after=b            | 1 2     | too many
        cursor      | max=2          | 1>"b" ~ 2                                                | . ?after=b            | 1 2     | end
        cursor      | max=0          |                                                          |                       |         | too many
        cursor      |                | 1>"b" ~ 404                                              | . ?after=b            | 1       | 404
        cursor      |                | 500                                                      | .                     |         | 500
        cursor      | again          | 1>"b" ~ 503 ~ 2                                          | . ?after=b ?after=b   | 1 2     | 503 end
        cursor      | again          | 503 ~ 1>"b" ~ 2                                          | . . ?after=b          | 1 2     | 503 end
        cursor      | again          | 1>"b" ~ bad ~ 2                                          | . ?after=b ?after=b   | 1 2     | bad end
        cursor      | resume         | 1>"b" ~ 2>"c" ~ 3                                        | . ?after=b ?after=c   | 1 2 3   | end
        cursor      | resume limit=2 | 1>"b" ~ 2>"c" ~ 3                                        | ?limit=2 ?limit=2&after=b ?limit=2&after=c | 1 2 3 | end
        cursor      | resume         | 1>"b" ~ 2>"b"                                            | . ?after=b            | 1 2     | repeated
        more        |                | 1>"b"{more:true} ~ 2>"c"{more:false}                     | . ?after=b            | 1 2     | end
        more        |                | 1{more:true}                                             | .                     | 1       | missing
        more        |                | 1>"b" ~ 2                                                | . ?after=b            | 1 2     | end
        header      |                | 1[X-Next: b] ~ 2                                         | . ?after=b            | 1 2     | end
        header      |                | 1[x-next: b] ~ 2[X-Next: b]                              | . ?after=b            | 1 2     | repeated
        last        |                | 1,2{more:true} ~ 3{more:false}                           | . ?after=2            | 1 2 3   | end
        last        |                | 1,2{more:true} ~                                         | . ?after=2            | 1 2     | end
        body        |                | 1>"b" ~ 2>"c" ~ 3                                        | .{"limit":2} .{"limit":2,"page":{"after":"b"}} .{"limit":2,"page":{"after":"c"}} | 1 2 3 | end
        body        |                | 1>7 ~ 2                                                  | .{"limit":2} .{"limit":2,"page":{"after":7}} | 1 2 | end
        body        | again          | 1>"b" ~ 400 ~ 2                                          | .{"limit":2} .{"limit":2,"page":{"after":"b"}} .{"limit":2,"page":{"after":"b"}} | 1 2 | 400 end
        url         |                | 1>"@/v1/things?page=2" ~ 2>"@/v1/things?page=3" ~ 3>null | . ?page=2 ?page=3     | 1 2 3   | end
        url         | limit=2        | 1>"@/v1/things?limit=2&page=2" ~ 2                       | ?limit=2 ?limit=2&page=2 | 1 2  | end
        url         | limit=2        | 1>"?page=2" ~ 2                                          | ?limit=2 ?page=2      | 1 2     | end
        url         |                | 1>"/other/place?x=1" ~ 2                                 | . =/other/place?x=1   | 1 2     | end
        url         |                | 1>"more?x=1" ~ 2                                         | . =/v1/more?x=1       | 1 2     | end
        url         |                | 1>"../a/./b" ~ 2                                         | . =/a/b               | 1 2     | end
        url         |                | 1>"@/v1/things?q=a b&r=ü#x" ~ 2                          | . ?q=a%20b&r=%C3%BC   | 1 2     | end
        url         |                | 1>"@/v1/things?q=a%20b%2Fc" ~ 2                          | . ?q=a%20b%2Fc        | 1 2     | end
        url         |                | 1>"https://evil.example.org/v1/things?page=2"            | .                     | 1       | foreign
        url         |                | 1>"//evil.example.org/things"                            | .                     | 1       | foreign
        url         |                | 1>"ftp://api.example.com/v1/things"                      | .                     | 1       | foreign
        url         |                | 1>"@.evil.example.org/v1/things"                         | .                     | 1       | foreign
        url         |                | 1>"javascript:alert(1)"                                  | .                     | 1       | foreign
        url         |                | 1>7                                                      | .                     | 1       | unusable
        url         |                | 1>"@/v1/things?page=2" ~ 2>"/v1/things?page=2"           | . ?page=2             | 1 2     | repeated
        url         | again          | 1>"@/v1/things?page=2" ~ 503 ~ 2                         | . ?page=2 ?page=2     | 1 2     | 503 end
        url         | resume         | 1>"@/v1/things?page=2" ~ 2>"@/v1/things?page=3" ~ 3      | . ?page=2 ?page=3     | 1 2 3   | end
        urlheader   |                | 1[Next-Page: @/v1/things?_token=b] ~ 2                   | . ?_token=b           | 1 2     | end
        urlheader   |                | [Next-Page: @/v1/things?_token=b] ~ 2                    | . ?_token=b           | 2       | end
        link        |                | 1[Link: <@/v1/things?page=2>; rel="next"] ~ 2            | . ?page=2             | 1 2     | end
        link        |                | 1[Link: </v1/things?page=2>; rel=next] ~ 2               | . ?page=2             | 1 2     | end
        link        |                | 1[Link: <?page=0>; rel="prev", <?page=2>; rel="last NEXT"] ~ 2 | . ?page=2       | 1 2     | end
        link        |                | 1[Link: garbage, <?page=2>; title="a, b; c"; rel="next"] ~ 2 | . ?page=2         | 1 2     | end
        link        |                | 1[Link: <?page=2>; title="a\"b"; REL = "next"] ~ 2       | . ?page=2             | 1 2     | end
        link        |                | 1[Link: <?page=2>; rel="prev"; rel="next"]               | .                     | 1       | end
        link        |                | 1[Link: <?page=2>; anchor="/x"; rel="next"]              | .                     | 1       | end
        link        |                | 1[Link: <?page=2]                                        | .                     | 1       | end
        link        |                | 1[Link: <https://evil.example.org/>; rel="next"]         | .                     | 1       | foreign
        link        |                | [Link: <?page=2>; rel="next"] ~ 2                        | . ?page=2             | 2       | end
        page        |                | 1,2 ~ 3 ~                                                | . ?page=2 ?page=3     | 1 2 3   | end
        page        | start=4        | 1 ~ 2 ~                                                  | ?page=4 ?page=5 ?page=6 | 1 2   | end
        page        | resume         | 1 ~ 2 ~                                                  | . ?page=2 ?page=3     | 1 2     | end
        page        | again          | 1 ~ 503 ~ 2 ~                                            | . ?page=2 ?page=2 ?page=3 | 1 2 | 503 end
        page        | max=2          | 1 ~ 2 ~ 3                                                | . ?page=2             | 1 2     | too many
        page0       |                | 1 ~ 2 ~                                                  | . ?page=1 ?page=2     | 1 2     | end
        pagetotal   |                | 1,2{total:3} ~ 3{total:3}                                | . ?page=2             | 1 2 3   | end
        pagetotal   | resume         | 1,2{total:3} ~ 3{total:3}                                | . ?page=2             | 1 2 3   | end
        pagetotal   | start=2        | 3{total:3} ~                                             | ?page=2 ?page=3       | 3       | end
        pagetotal   |                | 1{total:9} ~                                             | . ?page=2             | 1       | end
        pages       |                | 1{pages:3} ~ {pages:3} ~ 3{pages:3}                      | . ?page=2 ?page=3     | 1 3     | end
        pages       |                | {pages:0}                                                | .                     |         | end
        pagemore    |                | 1{more:true} ~ {more:true} ~ 3{more:false}               | . ?page=2 ?page=3     | 1 3     | end
        offset      |                | 1,2 ~ 3 ~                                                | . ?offset=2 ?offset=3 | 1 2 3   | end
        offset      | limit=9        | 1,2 ~ 3 ~                                                | ?limit=9 ?limit=9&offset=2 ?limit=9&offset=3 | 1 2 3 | end
        offset      | start=10       | 1,2 ~ 3 ~                                                | ?offset=10 ?offset=12 ?offset=13 | 1 2 3 | end
        offset1     |                | 1,2{total:3} ~ 3{total:3}                                | . ?offset=3           | 1 2 3   | end
        offsettotal |                | 1,2{total:3} ~ 3{total:3}                                | . ?offset=2           | 1 2 3   | end
        offsettotal | start=1        | 2{total:3} ~ 3{total:3}                                  | ?offset=1 ?offset=2   | 2 3     | end
        offsettotal |                | 1,2{total:"3"} ~ 3{total:"3"}                            | . ?offset=2           | 1 2 3   | end
        offsettotal | resume         | 1,2{total:3} ~ 3{total:3}                                | . ?offset=2           | 1 2 3   | end
        offsetmore  |                | 1,2{more:true} ~ {more:true}                             | . ?offset=2           | 1 2     | repeated
        """#

    static let rows = text.split(separator: "\n").map { PaginationRow(String($0)) }
}

struct PaginationRow: Sendable, CustomTestStringConvertible {
    let text: String
    let style: String
    let settings: [String]
    let answers: [PageAnswer]
    let requests: [String]
    let items: [Int]
    let ends: String

    init(_ line: String) {
        text = line
        let columns = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        style = columns[0]
        settings = columns[1].split(separator: " ").map(String.init)
        answers = (columns[2] + " ").components(separatedBy: " ~ ").map { PageAnswer($0.trimmingCharacters(in: .whitespaces)) }
        requests = columns[3].split(separator: " ").map(String.init)
        items = columns[4].split(separator: " ").map { Int($0)! }
        ends = columns[5]
    }

    var testDescription: String { text.replacingOccurrences(of: "  ", with: "") }

    func setting(_ name: String) -> String? {
        settings.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    var pagination: Pagination {
        switch style {
        case "cursor": .cursor("after", next: "/next")
        case "more": .cursor("after", next: "/next", hasMore: "/more")
        case "header": .cursor("after", next: .header("X-Next"))
        case "last": .cursor("after", next: "/items/-1", hasMore: "/more")
        case "body": .cursor(.body("/page/after"), next: "/next")
        case "url": .nextURL("/next")
        case "urlheader": .nextURL(.header("Next-Page"))
        case "link": .link
        case "page": .page("page")
        case "page0": .page("page", first: 0)
        case "pagetotal": .page("page", total: "/total")
        case "pages": .page("page", totalPages: "/pages")
        case "pagemore": .page("page", hasMore: "/more")
        case "offset": .offset("offset")
        case "offset1": .offset("offset", first: 1, total: "/total")
        case "offsettotal": .offset("offset", total: "/total")
        case "offsetmore": .offset("offset", hasMore: "/more")
        default: fatalError("no style \(style)")
        }
    }

    /// The query's parameter that says which page is asked for.
    var parameter: String { style.hasPrefix("offset") ? "offset" : style.hasPrefix("page") ? "page" : "after" }
}

/// What a server answers.
struct PageAnswer: Sendable {
    var status = 200
    var body: String
    var field: (name: String, value: String)?

    init(_ text: String) {
        if let status = Int(text), status >= 400 {
            (self.status, body) = (status, "")
            return
        }
        if text == "bad" {
            body = "{"
            return
        }
        var rest = text[...]
        if rest.hasSuffix("]"), let start = rest.firstIndex(of: "["), !rest[..<start].contains(">") {
            let parts = rest[rest.index(after: start)...].dropLast().split(separator: ":", maxSplits: 1)
            field = (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
            rest = rest[..<start]
        }
        var members: [String] = []
        if rest.hasSuffix("}"), let start = rest.lastIndex(of: "{"), rest[..<start].last != ">" {
            members = rest[rest.index(after: start)...].dropLast().split(separator: ",").map { member in
                let parts = member.split(separator: ":", maxSplits: 1)
                return "\"\(parts[0])\":\(parts[1])"
            }
            rest = rest[..<start]
        }
        let parts = rest.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
        members.insert("\"items\":[\(parts.first ?? "")]", at: 0)
        if parts.count > 1 { members.append("\"next\":\(parts[1])") }
        body = "{\(members.joined(separator: ","))}"
    }
}
