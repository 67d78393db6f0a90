import ApusRuntime
import Foundation

/// The lists of Django REST framework: 45 entries, 10 on a page, in each of its three ways,
/// and notes, which can be made and deleted.
func walkDjango(at url: String, _ walks: Walks) async {
    let visitor = Notes.Client(server: .init(url: url))
    await walks.walk("Django, by number") {
        let all = try await collect(visitor.entriesByPageList(.all))
        try expect(all.map { Int($0.number) } == Array(0..<45), "\(all.map { Int($0.number) })")
        return "\(all.count) entries"
    }
    await walks.walk("Django, by number, from page 3 on and by 7") {
        let all = try await collect(visitor.entriesByPageList(.all, page: 3, pageSize: 7))
        try expect(all.map { Int($0.number) } == Array(14..<45), "\(all.map { Int($0.number) })")
        return "\(all.count) entries"
    }
    await walks.walk("Django, by offset") {
        let all = try await collect(visitor.entriesByOffsetList(.all, limit: 4))
        try expect(all.map { Int($0.number) } == Array(0..<45), "\(all.map { Int($0.number) })")
        return "\(all.count) entries"
    }
    await walks.walk("Django, by cursor") {
        let all = try await collect(visitor.entriesByCursorList(.all))
        try expect(all.map { Int($0.number) } == Array(0..<45), "\(all.map { Int($0.number) })")
        return "\(all.count) entries"
    }
    await walks.walk("Django, by cursor, each page in a walk of its own") {
        var numbers: [Int] = []
        var range = PageRange.all
        var pages = 0
        walk: while true {
            for try await page in visitor.entriesByCursorList(range).pages {
                pages += 1
                numbers += page.items.map { Int($0.number) }
                guard let continuation = page.continuation else { break walk }
                let kept = try JSONEncoder().encode(continuation)
                range = .from(try JSONDecoder().decode(PageContinuation.self, from: kept))
                continue walk
            }
            break
        }
        try expect(numbers == Array(0..<45) && pages == 5, "\(numbers) in \(pages)")
        return "\(numbers.count) entries in \(pages) pages"
    }
    await walks.walk("Django, by offset, one deleted before and one added behind") {
        let mia = Notes.Client(server: .init(url: url), authorization: .basicAuth(username: "mia", password: "mia-knows-2f7c91"))
        var notes: [Notes.Note] = []
        for number in 0..<25 { notes.append(try await mia.notesCreate(.init(title: "Note \(number)", body: ""))) }
        let fourth = notes[3].id ?? UUID()
        let all = try await collect(visitor.notesList(.all), after: 10) {
            try await mia.notesDestroy(id: fourth)
            _ = try await mia.notesCreate(.init(title: "Note 25", body: ""))
        }
        // Offsets shift: the one after the first page moved onto it.
        let titles = (0...25).filter { $0 != 10 }.map { "Note \($0)" }
        try expect(all.map(\.title) == titles, "\(all.map(\.title))")
        return "\(all.count) notes, and the one that moved was passed over, as it is with offsets"
    }
}
