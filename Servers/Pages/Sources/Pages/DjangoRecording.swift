import ApusRuntime
import ApusTesting
import Foundation

/// Records what a fresh site answers: for Tests/GoldenTests/RecordedServerTests.swift, which
/// makes the same calls, and looks for the secrets that are sent here. Nothing of it has an
/// identifier or a time of the server's own making, so that the next recording is the same.
func recordDjango(at url: String, to file: URL) async throws {
    let recording = RecordingTransport(to: file)
    let visitor = Notes.Client(server: .init(url: url), transport: recording)

    try await refusal(400) { _ = try await visitor.tokenCreate(.init(username: "mia", password: "mia-forgot-6d20e8")) }
    let token = try await visitor.tokenCreate(.init(username: "mia", password: "mia-knows-2f7c91")).token ?? ""
    let mia = Notes.Client(server: .init(url: url), authorization: .tokenAuth(Secret("Token " + token)), transport: recording)
    let basic = Notes.Client(
        server: .init(url: url), authorization: .basicAuth(username: "mia", password: "mia-knows-2f7c91"), transport: recording)

    let tag = try await mia.tagsCreate(.init(name: "work"))
    try await refusal(400) { _ = try await basic.tagsCreate(.init(name: "work")) }
    try await refusal(401) { _ = try await visitor.tagsCreate(.init(name: "none")) }
    try await refusal(400) {
        _ = try await mia.notesCreate(.init(title: String(repeating: "x", count: 41), body: "", secret: "note-keeps-b83a5d"))
    }
    try expect(try await visitor.tagsList().map(\.name) == ["work"], "other tags")
    let entries = try await collect(visitor.entriesByPageList(.all, pageSize: 20))
    try expect(entries.count == 45, "\(entries.count) entries")
    try await mia.tagsDestroy(id: tag.id ?? 0)
    try await refusal(404) { _ = try await visitor.tagsRetrieve(id: tag.id ?? 0) }
    try recording.save()
}

/// Runs a call that the server has to refuse.
private func refusal(_ status: Int, _ call: () async throws -> Void) async throws {
    do {
        try await call()
    } catch let error as APIError<Never> where error.status?.code == status {
        return
    }
    throw Unexpected(description: "no refusal with \(status)")
}
