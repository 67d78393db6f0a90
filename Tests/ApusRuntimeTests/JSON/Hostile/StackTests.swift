import Foundation
import Testing

@testable import ApusRuntime

@Suite("Nesting and the stack of a thread") struct StackTests {
    @Test("ends with a depth error or a value on a small stack", arguments: Nesting.allCases, [128, 512, 1024])
    func smallStack(nesting: Nesting, kibibytes: Int) throws {
        for levels in Nesting.levels {
            if case .failure(let error) = nesting.outcome(levels, kibibytes: kibibytes) {
                #expect(error.message.hasPrefix("nested deeper than"), "\(error)")
            }
        }
    }

    @Test func someLevelsAreReadOnASmallStack() throws {
        for nesting in Nesting.allCases where nesting != .skipped {
            if case .failure(let error) = nesting.outcome(4, kibibytes: 512) { Issue.record("\(nesting): \(error)") }
        }
    }

    @Test func theErrorSaysWhere() throws {
        guard case .failure(let error) = Nesting.structs.outcome(511, kibibytes: 512) else {
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
        guard case .failure(let error) = nesting.outcome(1600, kibibytes: 256 << 10) else {
            Issue.record("read")
            return
        }
        #expect(error.message == "nested deeper than 512 levels")
    }
}

private func onLargeThread<Value: Sendable>(_ body: @escaping @Sendable () throws(JSONError) -> Value) throws -> Value {
    try onThread(256 << 10, body).get()
}
