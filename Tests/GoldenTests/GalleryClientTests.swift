import ApusRuntime
import Foundation
import HTTPTypes
import Testing

/// Answers in memory with one response, and remembers what was asked.
private final class Gallery: Transport, @unchecked Sendable {
    private let lock = NSLock()
    private var asked: (request: HTTPRequest, body: String)?
    private let answer: String
    private let status: Int
    private let fields: HTTPFields

    init(_ answer: String = "", status: Int = 200, fields: HTTPFields = [:]) {
        self.answer = answer
        self.status = status
        self.fields = fields
    }

    var request: HTTPRequest? { lock.withLock { asked?.request } }
    var body: String { lock.withLock { asked?.body ?? "" } }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let content = String(decoding: try await body?.collect(upTo: .max) ?? Data(), as: UTF8.self)
        lock.withLock { asked = (request, content) }
        return (HTTPResponse(status: .init(code: status), headerFields: fields), HTTPBody(answer))
    }
}

@Suite("The checked-in client of the gallery of schemas, at work")
struct GalleryClientTests {
    private func client(_ gallery: Gallery) -> GalleryAPI.Client { GalleryAPI.Client(transport: gallery) }

    /// Texts that are read and written again, byte for byte.
    private static let texts: [String] = [
        #"{"numbers":{"tiny":-128,"tinyUnsigned":255,"short":-32768,"shortUnsigned":65535,"word":-2147483648,"wordUnsigned":4294967295,"long":-9223372036854775808,"longUnsigned":18446744073709551615,"beyondItsFormat":4294967295,"unsignedByItsBounds":18446744073709551615,"roundedBounds":9223372036854775807,"beyond64Bits":-99999999999999999999999,"plain":9007199254740993,"number":0.1,"single":0.1,"exact":0.1234567890123456789012345678901234}}"#,
        #"{"texts":{"instant":"2024-02-29T12:30:00Z","day":"2024-02-29","id":"00000000-0000-0000-0000-00000000000a","bytes":"+/8=","urlBytes":"-_8","encoded":"+/8=","secret":"s","money":"1.10","size":"{\"width\":1}","span":"P1Y2M","titled":"t","old":"o"}}"#,
        #"{"fixed":{"text":"fixed","whole":7,"flag":true,"fraction":1.5,"mixed":"a","flags":false,"fractions":2.5,"status":1,"grade":"B","colour":"red"}}"#,
        #"{"fixed":{"text":"another","whole":8,"flag":false,"mixed":null,"status":9,"grade":"C","colour":"green"}}"#,
        #"{"fixed":{"text":"fixed","whole":7,"flag":true,"mixed":1}}"#,
        #"{"collections":{"pair":["a",1],"closed":[],"open":[1,"a",null],"anything":{"a":[]},"empty":null,"named":{"a":1},"patterned":{"n":1,"s":"x"},"notText":7}}"#,
        #"{"narrowed":{"kind":"over","any":1,"amount":2,"list":["a"],"part":{"a":"b"},"id":"x","own":"o"}}"#,
        #"{"recursive":{"outer":"o","inner":"i","again":{"inner":"j"}}}"#,
        #"{"unions":{"types":"a","byType":"2024-02-29","byProperty":{"radius":1},"byConstant":{"k":"b","y":"z"},"overlapping":{"unit":"g","grams":1},"beside":{"id":"1","b":"2"}}}"#,
        #"{"unions":{"types":1,"byType":7,"byProperty":{"side":2.5},"byConstant":{"k":"a","x":"z"},"overlapping":{"width":1,"unit":"m"}}}"#,
        #"{"unions":{"types":null,"byType":[1,2.5],"byProperty":{"neither":true},"byConstant":{"k":"c"}}}"#,
        #"{"unions":{"types":[1],"byType":true}}"#,
        #"{"unions":{"byType":{"width":1}}}"#,
        #"{"nothing":{"there":null,"text":null,"composed":null,"chosen":null,"referred":null,"list":null}}"#,
        #"{"nothing":{"there":"a","text":"b","composed":{"width":1},"chosen":{"unit":"m"},"referred":{"a":"b"},"list":[1,null]}}"#,
        #"{"nothing":{"there":null}}"#,
        #"{"vehicles":[{"kind":"car","wheels":4,"doors":2},{"kind":"Bicycle","tows":{"kind":"cab","sign":"T"}},{"kind":"boat","wheels":0}]}"#,
    ]

    @Test("What is received is what was sent, byte for byte", arguments: texts)
    func bothDirections(text: String) async throws {
        let received = try await client(Gallery(text)).putExhibits(.init())
        let gallery = Gallery("{}")
        _ = try await client(gallery).putExhibits(received)
        #expect(gallery.body == text)
    }

    @Test("What a schema forbids is no property; what it names twice is as narrow as the narrowest")
    func shapes() throws {
        let exhibits = try JSON.decode(GalleryAPI.Exhibits.self, from: Data(Self.texts[6].utf8))
        let narrowed = try #require(exhibits.narrowed)
        #expect(narrowed.kind == .over && narrowed.any + narrowed.amount! == 3 && narrowed.list == ["a"] && narrowed.part?.a == "b")
        let fixed = GalleryAPI.Fixed()
        #expect(fixed.text == "fixed" && fixed.whole == 7 && fixed.flag)
    }

    @Test("An heir is itself, and says its kind")
    func heirs() throws {
        let exhibits = try JSON.decode(GalleryAPI.Exhibits.self, from: Data(Self.texts[16].utf8))
        let vehicles = try #require(exhibits.vehicles)
        guard case .car(let car) = vehicles[0], case .bicycle(let bicycle) = vehicles[1], case .taxi(let taxi)? = bicycle.tows,
            case .base(let boat) = vehicles[2]
        else { return #expect(Bool(false)) }
        #expect(car.doors == 2 && car.wheels == 4 && taxi.sign == "T" && boat.kind == "boat")
        #expect(GalleryAPI.Car().kind == "car" && GalleryAPI.Bicycle().kind == "Bicycle" && GalleryAPI.Taxi(sign: "T").kind == "cab")
    }

    @Test("Absent, null and a value are three things")
    func absentAndNull() throws {
        let read = try JSON.decode(GalleryAPI.Nothing.self, from: Data(#"{"there":null,"text":null}"#.utf8))
        #expect(read.there == nil && read.text == .null && read.chosen == nil)
        let changes = GalleryAPI.Nothing(there: nil, text: "a", chosen: .null)
        #expect(String(decoding: try JSON.encode(changes), as: UTF8.self) == #"{"there":null,"text":"a","chosen":null}"#)
    }

    @Test("Servers with variables, of the document and of a path")
    func servers() async throws {
        #expect(GalleryAPI.Client().core.serverURL == "https://main.gallery.example:443/v1")
        #expect(GalleryAPI.Server.houses(house: .annex, port: .port8443, base: "v2").url == "https://annex.gallery.example:8443/v2")
        #expect(GalleryAPI.Server.archive.url == "https://archive.gallery.example")
        let gallery = Gallery(status: 204)
        let form = GalleryAPI.Client.Print.Form(sheet: FilePart(Data()), sheetOwner: "me")
        try await client(gallery).print(form)
        #expect(gallery.request?.authority == "print.eu.gallery.example" && gallery.request?.path == "/prints")
        try await client(gallery).print(server: .colour(zone: .us), form)
        #expect(gallery.request?.authority == "print.us.gallery.example")
        try await client(gallery).print(server: .grey, form)
        #expect(gallery.request?.authority == "main.gallery.example:443" && gallery.request?.path == "/grey/prints")
    }

    @Test("Parameters in every place and style")
    func parameters() async throws {
        let gallery = Gallery("ok")
        let size = GalleryAPI.Size(width: 1, unit: "m")
        _ = try await client(gallery).findRoom(
            simple: "a/b", list: [1, 2], object: size, label: "l", labels: ["x", "y"], matrix: size, matrices: ["p", "q"], json: size,
            lang: 5, empty: "", old: true, spaces: size, pipes: ["a", "b"], deep: ["k": "v"], reserved: ["/a", "b?c"],
            either: .int(3), xSize: size, xJSON: size, sizes: size, note: size)
        let path = gallery.request?.path?.split(separator: "?", maxSplits: 1).map(String.init) ?? []
        #expect(path.first == "/v1/rooms/a%2Fb/1,2/width=1,unit=m/.l/.x.y/;matrix=width,1,unit,m/;matrices=p;matrices=q/%7B%22width%22:1%2C%22unit%22:%22m%22%7D")
        #expect(path.last == "lang=5&empty=&old=true&spaces=width%201%20unit%20m&pipes=a&pipes=b&deep%5Bk%5D=v&reserved=/a,b?c&either=3")
        #expect(gallery.request?.headerFields[HTTPField.Name("X-Size")!] == "width=1,unit=m")
        #expect(gallery.request?.headerFields[HTTPField.Name("X-JSON")!] == #"{"width":1,"unit":"m"}"#)
        #expect(gallery.request?.headerFields[.cookie] == "sizes=width,1,unit,m; note=%7B%22width%22%3A1%2C%22unit%22%3A%22m%22%7D")
    }

    @Test("Values one after the other are sent as their media type says")
    func items() async throws {
        let gallery = Gallery(status: 204)
        try await client(gallery).addEvents([.init(width: 1), .init(unit: "m")])
        #expect(gallery.body == "{\"width\":1}\n{\"unit\":\"m\"}\n")
        #expect(gallery.request?.headerFields[.contentType] == "application/jsonl")
        try await client(gallery).setEvents([.init(width: 1)])
        #expect(gallery.body == "\u{1E}{\"width\":1}\n")
    }

    @Test("A string that holds JSON text holds what its schema says")
    func contentSchema() throws {
        let texts = GalleryAPI.Texts(size: .init(.init(width: 2)))
        #expect(String(decoding: try JSON.encode(texts), as: UTF8.self) == #"{"size":"{\"width\":2}"}"#)
        #expect {
            try JSON.decode(GalleryAPI.Texts.self, from: Data(#"{"size":"{\"width\":true}"}"#.utf8))
        } throws: { error in
            (error as? JSONError)?.path == "$.size"
        }
    }

    @Test("Header fields of errors are typed too")
    func errorHeaders() async throws {
        let gallery = Gallery(status: 429, fields: [HTTPField.Name("Retry-After")!: "7"])
        let size = GalleryAPI.Size()
        do throws(APIError<Void>) {
            _ = try await client(gallery).findRoom(
                simple: "a", list: [1], object: .init(width: 1), label: "l", labels: ["x"], matrix: .init(width: 1), matrices: ["p"], json: size)
            #expect(Bool(false))
        } catch {
            #expect(error.response?.headers(GalleryAPI.Client.FindRoom.Headers.self).retryAfter == 7)
        }
    }

    @Test("Bytes are bytes under any name: as a body, as a response and as a part")
    func namedBytes() async throws {
        let bytes = "\u{0}\"no JSON\r\n"
        let gallery = Gallery(bytes)
        let plan = try await client(gallery).getPlan(id: "a")
        #expect(String(decoding: try await plan.collect(upTo: 100), as: UTF8.self) == bytes)
        #expect(gallery.request?.headerFields[.accept] == "*/*")
        try await client(gallery).putPlan(id: "a", HTTPBody(bytes))
        #expect(gallery.body == bytes)
        #expect(gallery.request?.headerFields[.contentType] == "application/json")
        try await client(gallery).postPlans(id: "a", .init(plan: FilePart(Data("P".utf8)), more: [FilePart(Data("M".utf8))]))
        #expect(gallery.body.contains("name=\"plan\"; filename=\"plan\"") && gallery.body.contains("name=\"more\"; filename=\"more\""))
    }

    @Test("The content of a GET that is not described is there all the same")
    func undescribedContent() async throws {
        let body = try await client(Gallery("PNG")).getPlanPreview(id: "a")
        #expect(String(decoding: try await body.collect(upTo: 100), as: UTF8.self) == "PNG")
        try await client(Gallery("PNG")).getPlanPreview(id: "a")
    }

    @Test("A form of several parts, with what its encoding says")
    func multipart() async throws {
        let gallery = Gallery(status: 204)
        let form = GalleryAPI.Client.Print.Form(
            sheet: FilePart(Data("PNG".utf8)), sheetGrain: 3, sheetOwner: "me", scans: [FilePart(Data("T".utf8))],
            size: .init(width: 1), sizes: [.init(width: 2), .init(width: 3)], words: ["a", "b"], colours: ["r", "g"],
            at: Date(timeIntervalSince1970: 0), anything: FilePart(Data("?".utf8)), additionalProperties: ["more": "m"])
        try await client(gallery).print(form)
        let boundary = try #require(gallery.body.split(separator: "\r\n").first)
        let parts = gallery.body.components(separatedBy: "\(boundary)").map {
            $0.replacingOccurrences(of: "Content-Disposition: form-data; ", with: "").trimmingCharacters(in: .newlines)
        }
        #expect(parts == [
            "", "name=\"sheet\"; filename=\"sheet\"\r\nContent-Type: image/png\r\nX-Grain: 3\r\nX-Owner: me\r\n\r\nPNG",
            "name=\"scans\"; filename=\"scans\"\r\nContent-Type: image/tiff\r\n\r\nT",
            "name=\"size\"\r\nContent-Type: application/json\r\n\r\n{\"width\":1}",
            "name=\"sizes\"\r\nContent-Type: application/json\r\n\r\n{\"width\":2}",
            "name=\"sizes\"\r\nContent-Type: application/json\r\n\r\n{\"width\":3}",
            "name=\"words\"\r\n\r\na", "name=\"words\"\r\n\r\nb", "name=\"colours\"\r\n\r\nr|g",
            "name=\"at\"\r\n\r\n1970-01-01T00:00:00Z",
            "name=\"anything\"; filename=\"anything\"\r\nContent-Type: application/octet-stream\r\n\r\n?",
            "name=\"more\"\r\n\r\nm", "--",
        ])
        try await client(gallery).printMixed(.init(size: .init(width: 1)))
        #expect(gallery.request?.headerFields[.contentType]?.hasPrefix("multipart/mixed; boundary=") == true)
    }
}
