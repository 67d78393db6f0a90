import Foundation
import Testing

@testable import ApusRuntime

@Suite("Nesting and the stack of a thread") struct StackTests {
    /// As many levels as the limit allows, of one kind.
    enum Nesting: String, CaseIterable {
        case structs, lists, unions, values, skipped, texts

        func text(_ levels: Int) -> String {
            switch self {
            case .structs: nested(levels, #"{"a":{"a":"x"},"next":"#, "{}", "}")
            case .lists: nested(levels / 2, #"{"list":["#, "{}", "]}")
            case .unions: nested(levels, #"{"next":"#, "{}", "}")
            case .values: nested(levels / 3, #"{"any":[{"x":"#, "1", "}]}")
            case .skipped: #"{"unknown":"# + nested(levels / 2 - 2, #"[{"x":"#, "1", "}]") + "}"
            case .texts: nested(levels / 2, #"{"dictionary":{"k":"#, "{}", "}}")
            }
        }

        func decode(_ text: String) throws(JSONError) -> any JSONCoding {
            switch self {
            case .unions: try JSON.decode(WideUnion.self, from: Array(text.utf8))
            case .values: try JSON.decode(JSONValue.self, from: Array(text.utf8))
            default: try JSON.decode(Wide.self, from: Array(text.utf8))
            }
        }
    }

    @Test("ends with a depth error or a value on a small stack", arguments: Nesting.allCases, [128, 512, 1024])
    func smallStack(nesting: Nesting, kibibytes: Int) throws {
        for levels in [8, 32, 64, 128, 192, 256, 384, 511] {
            let text = nesting.text(levels)
            let outcome = onThread(kibibytes) { () throws(JSONError) in _ = try nesting.decode(text) }
            if case .failure(let error) = outcome {
                #expect(error.message.hasPrefix("nested deeper than"), "\(error)")
            }
        }
    }

    @Test func someLevelsAreReadOnASmallStack() throws {
        for nesting in Nesting.allCases where nesting != .skipped {
            let outcome = onThread(512) { () throws(JSONError) in _ = try nesting.decode(nesting.text(4)) }
            if case .failure(let error) = outcome { Issue.record("\(nesting): \(error)") }
        }
    }

    @Test func theErrorSaysWhere() throws {
        let text = Nesting.structs.text(511)
        guard case .failure(let error) = onThread(512, { () throws(JSONError) in _ = try Nesting.structs.decode(text) })
        else {
            Issue.record("511 levels of 5 KB were read on a stack of 512 KiB")
            return
        }
        #expect(error.path.hasPrefix("$.next.next"))
        #expect(error.message == "nested deeper than the stack of this thread allows")
    }

    /// What was read where there is room may have to be written where there is none.
    @Test func writingOnASmallStack() throws {
        let value = try onLargeThread { () throws(JSONError) in try JSON.decode(Wide.self, from: Array(Nesting.structs.text(300).utf8)) }
        let outcome = onThread(256) { () throws(JSONError) in _ = try JSON.encode(value) }
        guard case .failure(let error) = outcome else {
            Issue.record("written")
            return
        }
        #expect(error.message == "nested deeper than the stack of this thread allows")
        let text = try onLargeThread { () throws(JSONError) in try JSON.encode(value) }
        #expect(text.count > 300)
    }

    @Test func aStackThatIsLargeEnoughAllowsAllLevels() throws {
        for nesting in Nesting.allCases {
            _ = try onLargeThread { () throws(JSONError) in try nesting.decode(nesting.text(500)) }
        }
    }

    @Test("the limit of levels holds on any stack", arguments: Nesting.allCases)
    func limit(nesting: Nesting) throws {
        let outcome = onThread(256 << 10) { () throws(JSONError) in _ = try nesting.decode(nesting.text(1600)) }
        guard case .failure(let error) = outcome else {
            Issue.record("read")
            return
        }
        #expect(error.message == "nested deeper than 512 levels")
    }
}

private func nested(_ count: Int, _ opening: String, _ innermost: String, _ closing: String) -> String {
    String(repeating: opening, count: count) + innermost + String(repeating: closing, count: count)
}

private func onLargeThread<Value: Sendable>(_ body: @escaping @Sendable () throws(JSONError) -> Value) throws -> Value {
    try onThread(256 << 10, body).get()
}

/// Runs `body` on a thread whose stack has that many KiB.
private func onThread<Value: Sendable>(
    _ kibibytes: Int, _ body: @escaping @Sendable () throws(JSONError) -> Value
) -> Result<Value, JSONError> {
    let box = OutcomeBox<Value>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
        do throws(JSONError) {
            box.result = .success(try body())
        } catch {
            box.result = .failure(error)
        }
        done.signal()
    }
    thread.stackSize = kibibytes << 10
    thread.start()
    done.wait()
    return box.result!
}

private final class OutcomeBox<Value: Sendable>: @unchecked Sendable {
    var result: Result<Value, JSONError>?
}
