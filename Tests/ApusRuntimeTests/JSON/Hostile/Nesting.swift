import ApusRuntime
import Foundation

/// Texts as deep as the limit allows, of one kind. Compiled into a program of a release
/// build too (`Scripts/release-check`), where the frames of a level have other sizes.
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

    /// What reading that many levels comes to on a stack of that many KiB.
    func outcome(_ levels: Int, kibibytes: Int) -> Result<Void, JSONError> {
        let text = text(levels)
        return onThread(kibibytes) { () throws(JSONError) in _ = try decode(text) }
    }

    static let levels = [4, 8, 32, 64, 128, 192, 256, 384, 511]
}

private func nested(_ count: Int, _ opening: String, _ innermost: String, _ closing: String) -> String {
    String(repeating: opening, count: count) + innermost + String(repeating: closing, count: count)
}

/// Runs `body` on a thread whose stack has that many KiB.
func onThread<Value: Sendable>(_ kibibytes: Int, _ body: @escaping @Sendable () throws(JSONError) -> Value) -> Result<Value, JSONError> {
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
