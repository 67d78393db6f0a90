import ApusRuntime
import Clients
import Foundation

func callDjango(at url: String, _ call: Calls) async {
    let visitor = Notes.Client(server: .init(url: url))
    var mia = visitor
    var made: Notes.Note?

    await call("sign in for a token") {
        let token = try await visitor.tokenCreate(.init(username: "mia", password: "mia-knows-2f7c91"))
        // As this scheme has it, the word is part of the key.
        mia = Notes.Client(server: .init(url: url), authorization: .tokenAuth(Secret("Token " + (token.token ?? ""))))
    }
    await call("basic authentication") {
        let basic = Notes.Client(server: .init(url: url), authorization: .basicAuth(username: "mia", password: "mia-knows-2f7c91"))
        for name in ["work", "home"] { _ = try await basic.tagsCreate(.init(name: name)) }
        let tags = try await visitor.tagsList(ordering: "name")
        try expect(Set(tags.map(\.name)) == ["home", "work"], tags)
    }
    await call("create") {
        let note = try await mia.notesCreate(
            .init(
                title: "Tea", body: "Green é", secret: "hidden", color: .value(.red), price: "12.5000",
                due: .value(CalendarDate("2030-02-28")!), at: .value("08:30:00"), took: .value("1 00:00:01"), rating: .value(0.1),
                extra: ["deep": [1, 2.5, nil]], number: .max, ip: .value("::1"), url: "https://example.com/", tags: ["work"]))
        try expect(note.number == .max && note.price == "12.5000" && note.color == .value(.red), note)
        try expect(note.extra == ["deep": [1, 2.5, nil]] && note.tags == ["work"] && note.length == 7, note)
        made = note
    }
    await call("retrieve") {
        let note = try await visitor.notesRetrieve(id: made?.id ?? UUID())
        try expect(note.created == made?.created && note.due == made?.due, note)
    }
    await call("partial update with null") {
        let note = try await mia.notesPartialUpdate(id: made?.id ?? UUID(), .init(color: .null, due: .null))
        try expect(note.color == .null && note.due == .null && note.title == "Tea", note)
    }
    await call("an empty choice") {
        let note = try await mia.notesPartialUpdate(id: made?.id ?? UUID(), .init(color: .value(.empty)))
        try expect(note.color == .value(.empty), note)
    }
    await call("update") {
        let note = try await mia.notesUpdate(id: made?.id ?? UUID(), .init(title: "Coffee", color: .value(.blue)))
        try expect(note.title == "Coffee" && note.color == .value(.blue), note)
    }
    await call("upload") {
        let picture = Data(base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")!
        let note = try await mia.notesCreateAsMultipart(
            .init(title: "Seen", picture: .value(FilePart(picture, filename: "dot.png", contentType: "image/png")), tags: ["home", "work"]))
        try expect(note.picture?.value?.contains("/media/dot") == true && note.tags?.count == 2, note)
    }
    await call("filters") {
        let blue = try await visitor.notesList(color: .blue, limit: 2, ordering: "-title")
        try expect(blue.count == 1 && blue.results.first?.title == "Coffee", blue)
        let some = try await visitor.notesList(colorIn: ["red", "blue"], search: "coffee")
        try expect(some.count == 1, some)
    }
    await call("a list by page") {
        let page = try await visitor.entriesByPageList(page: 5)
        try expect(page.results.map(\.number) == [40, 41, 42, 43, 44] && page.next == .null, page)
    }
    await call("a list by offset") {
        let page = try await visitor.entriesByOffsetList(limit: 3, offset: 43)
        try expect(page.count == 45 && page.results.count == 2 && page.next == .null, page)
    }
    await call("a list by cursor") {
        let first = try await visitor.entriesByCursorList(pageSize: 40)
        let next = first.next?.value.flatMap { URLComponents(string: $0) }?.queryItems?.first { $0.name == "cursor" }?.value
        let second = try await visitor.entriesByCursorList(cursor: next, pageSize: 40)
        try expect(second.results.map(\.number) == [40, 41, 42, 43, 44] && second.next == .null, second)
    }
    await call("counts") {
        let counts = try await visitor.notesStatsRetrieve()
        try expect(counts.count == 2 && counts.byColor == ["blue": 1], counts)
    }
    await call("delete") {
        try await mia.notesDestroy(id: made?.id ?? UUID())
        try await expectFailure({ $0.status?.code == 404 }) { () async throws(APIError<Never>) in
            try await visitor.notesRetrieve(id: made?.id ?? UUID())
        }
    }
    await call("error: without a credential") {
        try await expectFailure({ $0.status?.code == 401 }) { () async throws(APIError<Never>) in
            try await visitor.tagsCreate(.init(name: "none"))
        }
    }
    await call("error: a value that is refused") {
        try await expectFailure({ $0.status?.code == 400 && $0.response?.body.isEmpty == false }) { () async throws(APIError<Never>) in
            try await mia.notesCreate(.init(title: String(repeating: "x", count: 41)))
        }
    }
}
