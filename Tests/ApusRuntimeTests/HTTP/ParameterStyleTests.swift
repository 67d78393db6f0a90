import ApusRuntime
import Foundation
import Testing
import HTTPTypes

/// A colour as the tables of OpenAPI's "Style Examples" have it.
private struct Colour: JSONCodable {
    var R: Int? = 100
    var G: Int? = 200
    var B: Int? = 150

    init(R: Int? = 100, G: Int? = 200, B: Int? = 150) {
        self.R = R
        self.G = G
        self.B = B
    }

    init(from object: inout ObjectReader) {
        R = object.optional("R")
        G = object.optional("G")
        B = object.optional("B")
    }

    func encode(to object: inout ObjectWriter) {
        object.optional("R", R)
        object.optional("G", G)
        object.optional("B", B)
    }
}

private let names = ["blue", "black", "brown"]
private let awkward = ["a,b", "c;d=e", "f.g"]

@Suite struct PathStyleTests {
    private static let simplePaths: [(RequestPath, String)] = [
        ("/\("blue")", "/blue"),
        ("/\(names)", "/blue,black,brown"),
        ("/\(names, explode: true)", "/blue,black,brown"),
        ("/\(Colour())", "/R,100,G,200,B,150"),
        ("/\(Colour(), explode: true)", "/R=100,G=200,B=150"),
        ("/\(awkward)", "/a%2Cb,c%3Bd%3De,f.g"),
        ("/\(42)/\(true)/\(1.5)", "/42/true/1.5"),
    ]

    @Test(arguments: simplePaths)
    func simple(path: RequestPath, expected: String) async throws {
        #expect(try await target(path) == expected)
    }

    private static let labelPaths: [(RequestPath, String)] = [
        ("/x\("blue", .label)", "/x.blue"),
        ("/x\("", .label)", "/x."),
        ("/x\(names, .label)", "/x.blue,black,brown"),
        ("/x\(names, .label, explode: true)", "/x.blue.black.brown"),
        ("/x\(Colour(), .label)", "/x.R,100,G,200,B,150"),
        ("/x\(Colour(), .label, explode: true)", "/x.R=100.G=200.B=150"),
        ("/x\(awkward, .label, explode: true)", "/x.a%2Cb.c%3Bd%3De.f%2Eg"),
        ("/x\([String](), .label)", "/x"),
        ("/x\(Colour(R: nil, G: nil, B: nil), .label)", "/x"),
    ]

    @Test(arguments: labelPaths)
    func label(path: RequestPath, expected: String) async throws {
        #expect(try await target(path) == expected)
    }

    private static let matrixPaths: [(RequestPath, String)] = [
        ("/x\("blue", .matrix, name: "color")", "/x;color=blue"),
        ("/x\("", .matrix, name: "color")", "/x;color"),
        ("/x\(names, .matrix, name: "color")", "/x;color=blue,black,brown"),
        ("/x\(names, .matrix, name: "color", explode: true)", "/x;color=blue;color=black;color=brown"),
        ("/x\(Colour(), .matrix, name: "color")", "/x;color=R,100,G,200,B,150"),
        ("/x\(Colour(), .matrix, name: "color", explode: true)", "/x;R=100;G=200;B=150"),
        ("/x\(awkward, .matrix, name: "a=b")", "/x;a%3Db=a%2Cb,c%3Bd%3De,f.g"),
        ("/x\([String](), .matrix, name: "color")", "/x"),
        ("/x\(Nullable<Int>.null, .matrix, name: "color")", "/x"),
    ]

    @Test(arguments: matrixPaths)
    func matrix(path: RequestPath, expected: String) async throws {
        #expect(try await target(path) == expected)
    }

    @Test func jsonContent() async throws {
        #expect(try await target("/\(Colour(R: 1, G: nil, B: nil), .json)/x") == "/%7B%22R%22:1%7D/x")
        #expect(try await target("/\("a/b", .json)") == "/%22a%2Fb%22")
    }
}

@Suite struct QueryStyleTests {
    private static let cases: [(QueryStyle, Bool?, String, String)] = [
        // style, explode, the list, the object
        (.form, nil, "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (.form, true, "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (.form, false, "color=blue,black,brown", "color=R,100,G,200,B,150"),
        (.spaceDelimited, nil, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
        (.spaceDelimited, true, "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (.pipeDelimited, nil, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
        (.pipeDelimited, true, "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (
            .deepObject, nil, "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
        ),
        (
            .deepObject, true, "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
        ),
    ]

    @Test(arguments: cases) func lists(style: QueryStyle, explode: Bool?, list: String, object: String) async throws {
        #expect(try await query { $0.query("color", names, style, explode: explode) } == list)
    }

    @Test(arguments: cases) func objects(style: QueryStyle, explode: Bool?, list: String, object: String) async throws {
        #expect(try await query { $0.query("color", Colour(), style, explode: explode) } == object)
    }

    @Test(arguments: cases) func texts(style: QueryStyle, explode: Bool?, list: String, object: String) async throws {
        #expect(try await query { $0.query("color", "blue", style, explode: explode) } == "color=blue")
        #expect(try await query { $0.query("color", "", style, explode: explode) } == "color=")
    }

    /// What has no elements, no members or no value is left out.
    @Test(arguments: cases) func nothing(style: QueryStyle, explode: Bool?, list: String, object: String) async throws {
        let target = try await target("/") {
            $0.query("a", [String](), style, explode: explode)
            $0.query("b", Colour(R: nil, G: nil, B: nil), style, explode: explode)
            $0.query("c", Int?.none, style, explode: explode)
            $0.query("d", [Int?.none], style, explode: explode)
            $0.query("e", Nullable<Int>.null, style, explode: explode)
        }
        #expect(target == "/")
    }

    @Test func nestedObjects() async throws {
        let filter: [String: [String: [Int]]] = ["price": ["in": [1, 2]]]
        #expect(
            try await query { $0.query("f", filter, .deepObject) }
                == "f%5Bprice%5D%5Bin%5D%5B%5D=1&f%5Bprice%5D%5Bin%5D%5B%5D=2")
    }

    @Test func content() async throws {
        #expect(
            try await query { $0.queryContent("where", Colour(R: 1, G: nil, B: nil)) } == "where=%7B%22R%22%3A1%7D")
        #expect(try await target("/") { $0.queryContent("where", Colour?.none) } == "/")
    }

    @Test(arguments: [
        ("a b", "a%20b"), ("a+b", "a%2Bb"), ("a%2Bb", "a%252Bb"), ("a%20b", "a%2520b"), ("a&b=c#d", "a%26b%3Dc%23d"),
        ("/?:@!$'()*,;", "%2F%3F%3A%40%21%24%27%28%29%2A%2C%3B"), ("-._~", "-._~"), ("é", "%C3%A9"), ("👍", "%F0%9F%91%8D"),
        ("\r\n\0", "%0D%0A%00"),
    ])
    func valuesArriveAsTheyAre(value: String, encoded: String) async throws {
        let query = try await query { $0.query("q", value) }
        #expect(query == "q=" + encoded)
        var components = URLComponents()
        components.percentEncodedQuery = query
        #expect(components.queryItems?.first?.value == value)
    }

    @Test func namesAreEncoded() async throws {
        #expect(try await query { $0.query("a[b]&c", 1) } == "a%5Bb%5D%26c=1")
    }

    /// RFC 6570 section 3.2.3, without what would end or change the value.
    @Test(arguments: [
        ("/a:b@c?d", "/a:b@c?d"), ("a,b;c=d!$'()*", "a,b;c=d!$'()*"), ("a#b[c]&d+e", "a%23b%5Bc%5D%26d%2Be"),
        ("50%", "50%25"), ("a%2Fb", "a%2Fb"), ("a b\"é", "a%20b%22%C3%A9"),
    ])
    func allowReserved(value: String, encoded: String) async throws {
        #expect(try await query { $0.query("q", value, allowReserved: true) } == "q=" + encoded)
    }

    @Test func reservedCommaInAList() async throws {
        #expect(try await query { $0.query("q", ["a,b", "c/d"], explode: false, allowReserved: true) } == "q=a%2Cb,c/d")
    }

    @Test func joinedWithOthers() async throws {
        let target = try await target("/a?fixed=1") {
            $0.query("b", 2)
            $0.query("c", [3, 4])
        }
        #expect(target == "/a?fixed=1&b=2&c=3&c=4")
    }
}

@Suite struct HeaderAndCookieStyleTests {
    @Test func headers() async throws {
        var request = Request(.get, "/", operation: "test")
        request.header("X-Text", " a, b/é ")
        request.header("X-List", names)
        request.header("X-Object", Colour())
        request.header("X-Exploded", Colour(), explode: true)
        request.header("X-Nothing", Int?.none)
        request.header("X-Empty-List", [Int]())
        request.headerContent("X-JSON", Colour(R: 1, G: nil, B: nil))
        request.headerContent("X-No-JSON", Colour?.none)
        let sent = try await written(request)
        #expect(sent.header("X-Text") == "a, b/é")
        #expect(sent.header("X-List") == "blue,black,brown")
        #expect(sent.header("X-Object") == "R,100,G,200,B,150")
        #expect(sent.header("X-Exploded") == "R=100,G=200,B=150")
        #expect(sent.header("X-Nothing") == nil)
        #expect(sent.header("X-Empty-List") == nil)
        #expect(sent.header("X-JSON") == #"{"R":1}"#)
        #expect(sent.header("X-No-JSON") == nil)
    }

    @Test(arguments: ["a\r\nX-Evil: 1", "a\nb", "a\0b"])
    func headersCannotBeSplit(value: String) async throws {
        await #expect(throws: APIError<Never>.self) { try await target("/") { $0.header("X-Text", value) } }
        await #expect(throws: APIError<Never>.self) { try await target("/") { $0.cookie("c", value, .cookie) } }
    }

    @Test func headerNamesAreChecked() async throws {
        var request = Request(.get, "/", operation: "test")
        request.header("X Y", "1")
        do {
            _ = try await written(request)
            Issue.record("sent")
        } catch APIError<Never>.encoding(let error) {
            #expect(error.path == "header X Y")
        }
    }

    @Test func cookies() async throws {
        var request = Request(.get, "/", operation: "test")
        request.cookie("session", "a b;c")
        request.cookie("list", names)
        request.cookie("joined", names, explode: false)
        request.cookie("o", Colour(R: 1, G: 2, B: nil), explode: false)
        request.cookie("o", Colour(R: 1, G: 2, B: nil))
        request.cookie("raw", "YQ==/+", .cookie)
        request.cookie("nothing", String?.none)
        request.cookieContent("j", [1])
        let sent = try await written(request)
        #expect(
            sent.header("Cookie")
                == "session=a%20b%3Bc; list=blue; list=black; list=brown; joined=blue,black,brown; o=R,1,G,2; R=1; G=2; raw=YQ==/+; j=%5B1%5D"
        )
        #expect(sent.request.headerFields[fields: .cookie].count == 1)
    }
}
