import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A transfer without a session: what follows from each order of events.
@Suite("The state of a transfer") struct TransferStateTests {
    private typealias Effects = TransferState.Effects

    private static let ended: Effects = [.answerHead, .answerReader, .stop]

    private func state(_ method: String = "GET", limit: Int64 = 1 << 30, canPause: Bool = false) -> TransferState {
        TransferState(method: method, limit: limit, canPause: canPause)
    }

    private func head(_ status: Int = 200, _ fields: HTTPFields = [:]) -> HTTPResponse {
        HTTPResponse(status: .init(code: status), headerFields: fields)
    }

    /// What a reader gets, in words.
    private func reading(_ state: inout TransferState) -> String {
        switch state.read().reading {
        case .chunk(let data): String(decoding: data, as: UTF8.self)
        case .end: "end"
        case .failed(let error): (error as? URLError).map { "URLError \($0.errorCode)" } ?? "\(type(of: error))"
        case .wait: "wait"
        }
    }

    @Test("Head, bytes, end")
    func plain() {
        var state = state()
        #expect(reading(&state) == "wait")
        #expect(state.headArrived(head()) == .answerHead)
        #expect(state.bytesArrived(Data("ab".utf8)) == .answerReader)
        #expect(state.bytesArrived(Data("cd".utf8)) == .answerReader)
        #expect(state.taskEnded(nil) == Self.ended)
        #expect([reading(&state), reading(&state), reading(&state), reading(&state)] == ["ab", "cd", "end", "end"])
    }

    @Test("What comes a second time, or after the end, changes nothing")
    func late() {
        var state = state()
        _ = state.headArrived(head(200))
        #expect(state.headArrived(head(500)) == [])
        #expect(state.head?.status.code == 200)
        _ = state.taskEnded(nil)
        #expect(state.taskEnded(URLError(.timedOut)) == [])
        #expect(state.bytesArrived(Data("x".utf8)) == [])
        #expect(reading(&state) == "end")
    }

    @Test("An end that comes too early is a fault", arguments: [
        ("GET", 200, "3", "end"), ("GET", 200, "4", "URLError -1005"), ("HEAD", 200, "4", "end"), ("GET", 204, "4", "end"), ("GET", 302, "4", "end"),
    ])
    func cutShort(method: String, status: Int, length: String, expected: String) {
        var state = state(method)
        _ = state.headArrived(head(status, [.contentLength: length]))
        _ = state.bytesArrived(Data("abc".utf8))
        _ = state.taskEnded(nil)
        #expect([reading(&state), reading(&state)] == ["abc", expected])
    }

    @Test("An end without a head is a fault")
    func noHead() {
        var state = state()
        #expect(state.taskEnded(nil) == Self.ended)
        #expect(reading(&state) == "URLError -1011")
    }

    @Test("What had arrived before a fault is read before it")
    func faultAfterBytes() {
        var state = state()
        _ = state.headArrived(head())
        _ = state.bytesArrived(Data("ab".utf8))
        #expect(state.taskEnded(URLError(.networkConnectionLost)) == Self.ended)
        #expect([reading(&state), reading(&state)] == ["ab", "URLError -1005"])
    }

    @Test("A task is cancelled once, and not when it is over or about to return a redirect")
    func cancellation() {
        var running = state()
        #expect(running.fail(CancellationError()) == Self.ended.union(.cancelTask))
        #expect(running.fail(CancellationError()) == [])
        let isAnswered = running.mayReturnRedirect()
        #expect(!isAnswered, "it is being cancelled")
        var over = state()
        over.taskIsOver()
        #expect(over.fail(CancellationError()) == Self.ended)
        var redirecting = state()
        let isReturned = redirecting.mayReturnRedirect()
        #expect(isReturned)
        #expect(redirecting.fail(CancellationError()) == Self.ended)
    }

    @Test("A full buffer pauses the task where it can, and one that is read goes on")
    func pausing() {
        var state = state(canPause: true)
        _ = state.headArrived(head())
        let block = Data(count: ReceiveBuffer.limit / 2)
        #expect(state.bytesArrived(block) == .answerReader)
        #if !canImport(FoundationNetworking)
            #expect(state.bytesArrived(block) == [.answerReader, .pauseTask])
            #expect(state.bytesArrived(block) == .answerReader, "it is paused already")
            #expect(state.read().effects == [])
            #expect(state.read().effects == [])
            #expect(state.read().effects == .resumeTask)
        #endif
    }

    @Test("What waits for its reader has a limit, that of a compressed response is lower")
    func limits() {
        var small = state(limit: 5)
        _ = small.headArrived(head())
        _ = small.bytesArrived(Data("abc".utf8))
        #expect(reading(&small) == "abc")
        #expect(small.bytesArrived(Data("defgh".utf8)) == .answerReader, "what was read does not count")
        #expect(small.bytesArrived(Data("i".utf8)) == Self.ended.union(.cancelTask))
        var compressed = state()
        _ = compressed.headArrived(head(200, [.contentEncoding: "gzip"]))
        let block = Data(count: 8 << 20)
        for _ in 0..<8 { #expect(compressed.bytesArrived(block) == .answerReader) }
        #expect(compressed.bytesArrived(Data(count: 1)) == Self.ended.union(.cancelTask))
    }

    @Test("A body that nobody wants ends by itself, unless it is long")
    func discarding() {
        var short = state()
        _ = short.headArrived(head())
        #expect(short.discard() == [])
        #expect(short.bytesArrived(Data(count: 60_000)) == [])
        #expect(short.bytesArrived(Data(count: 6_000)) == Self.ended.union(.cancelTask))
        var unread = state()
        _ = unread.headArrived(head())
        #expect(unread.abandonUnlessRead() == Self.ended.union(.cancelTask))
        var read = state()
        read.markRead()
        #expect(read.abandonUnlessRead() == [])
    }
}
