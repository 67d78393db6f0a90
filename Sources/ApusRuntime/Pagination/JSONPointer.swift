/// A place in a JSON text (RFC 6901). Beyond the standard, `-1` stands for the last
/// element of an array.
struct JSONPointer: Sendable, Hashable {
    let steps: [String]

    /// - Parameter text: A pointer; the slash in front may be missing.
    init(_ text: String) {
        var steps = text.split(separator: "/", omittingEmptySubsequences: false)
        if text.hasPrefix("/") || text.isEmpty { steps.removeFirst() }
        self.steps = steps.map { String($0.replacing("~1", with: "/").replacing("~0", with: "~")) }
    }

    /// The value there, without the text around it being made into values.
    ///
    /// - Returns: `nil` where there is none, and where the text is no JSON.
    func value(in text: UnsafeRawBufferPointer) -> JSONValue? {
        let bytes = text.bindMemory(to: UInt8.self)
        guard let start = bytes.baseAddress else { return nil }
        var state = ReaderState(start: start, count: bytes.count, keepsLastOfRepeated: false)
        for step in steps where !state.move(to: step) { return nil }
        return withUnsafeMutablePointer(to: &state) { pointer in
            var reader = ValueReader(state: pointer)
            let value = JSONValue(from: &reader)
            return pointer.pointee.isFailed ? nil : value
        }
    }

    /// A copy of `value` with another value there. What is missing on the way is made.
    func setting(_ new: JSONValue, in value: JSONValue) -> JSONValue {
        Self.setting(new, at: steps[...], in: value)
    }

    private static func setting(_ new: JSONValue, at steps: ArraySlice<String>, in value: JSONValue) -> JSONValue {
        guard let first = steps.first else { return new }
        var members = value.object ?? [:]
        members[first] = setting(new, at: steps.dropFirst(), in: members[first] ?? .null)
        return .object(members)
    }
}

extension ReaderState {
    /// Moves from the start of a value to that of one directly in it.
    ///
    /// - Returns: Whether there is one. Of several members of that name it is the last.
    fileprivate mutating func move(to step: String) -> Bool {
        guard !isFailed, cursor < end else { return false }
        var found: UnsafePointer<UInt8>?
        switch cursor.pointee {
        case UInt8(ascii: "{"):
            let name = Array(step.utf8)
            enterObject()
            remainingDepth -= 1
            while cursor < end, cursor.pointee == UInt8(ascii: "\""), let token = scanString() {
                passColon()
                if name.withUnsafeBufferPointer({ isName(token, equalTo: $0) }) { found = cursor }
                skipValue()
                nextMember()
            }
        case UInt8(ascii: "["):
            guard let index = Int(step), index >= -1, enterArray() else { return false }
            var position = 0
            repeat {
                if index == -1 || index == position { found = cursor }
                position += 1
                skipValue()
            } while nextElement()
        default:
            return false
        }
        guard !isFailed, let found else { return false }
        cursor = found
        return true
    }
}
