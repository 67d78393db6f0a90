/// What all readers of one JSON text share: the position, the first fault and
/// the members of the objects that are being read.
///
/// Readers point at it, so that a value costs no reference counting. The
/// cursor is always at the first byte of a value when a value is to be read.
/// A fault moves the cursor to the end of the text, so every later step ends
/// on the check for the end that it makes anyway.
@usableFromInline
struct ReaderState: ~Copyable {
    let start: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>
    var cursor: UnsafePointer<UInt8>
    var remainingDepth = JSON.maximumDepth
    private var stack = StackGuard()

    /// Whether a fault was found, be it one that only ends a trial.
    private(set) var isFailed = false
    private(set) var failure: ReadingFailure?
    /// Whether the fault ends everything, trials too: nesting that is too deep, or a
    /// malformed text.
    private(set) var isFinal = false

    /// Whether what is read is a trial or looked at ahead of being read.
    @usableFromInline private(set) var isTrying = false
    /// Whether reading goes on after a fault.
    @usableFromInline private(set) var recovers = false
    /// Whether what is not as expected is made the best of.
    private(set) var isTolerant = false
    let mode: ReadingMode
    /// Whether members that the description does not know are kept where there is a place for them.
    var unknownMembers = UnknownMembers.keep
    /// The faults that reading has gone on after.
    var faults: [ReadingFailure] = []
    var deviations: [FoundDeviation] = []

    var members = MemberStack()
    var scratch = ScratchBuffer()
    var trials = TrialRecord()
    /// Where arrays and objects end that are likely to be passed again.
    var ends = KnownEnds()
    /// The object of which a member was looked at to tell what it is.
    var lookedAt = LookedAtMember()

    /// Whether a property was read from a member that a later one of the same name replaces.
    var hasRepeatedMember = false
    /// Whether objects are read so that the last of several members with one name counts.
    let keepsLastOfRepeated: Bool

    init(start: UnsafePointer<UInt8>, count: Int, keepsLastOfRepeated: Bool, mode: ReadingMode = .strict) {
        self.start = start
        self.mode = mode
        recovers = mode != .strict
        isTolerant = mode == .tolerant
        self.keepsLastOfRepeated = keepsLastOfRepeated
        end = start + count
        cursor = start
        if count >= 3, start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF {
            cursor = start + 3
        }
        skipWhitespace()
    }

    // MARK: Faults

    /// Records a fault, unless there is one already.
    ///
    /// - Parameters:
    ///   - member: The member that `position`, the start of an object, lacks or should not have.
    ///   - keyword: The keyword of JSON Schema that the value violates.
    @inline(never)
    mutating func fail(
        _ message: @autoclosure () -> String, at position: UnsafePointer<UInt8>, member: String? = nil,
        keyword: StaticString? = nil
    ) {
        if !isFailed {
            isFailed = true
            if !isTrying {
                failure = ReadingFailure(
                    offset: position - start, message: message(), member: member, keyword: keyword)
            }
        }
        cursor = end
    }

    /// Records that the text does not go on as the grammar demands.
    @inline(never)
    mutating func failSyntax(_ message: StaticString, at position: UnsafePointer<UInt8>) {
        let isAtEnd = position >= end
        fail(isAtEnd ? Expectation.endOfInput : message.description, at: position)
    }

    /// Records that the value at the cursor is not of the expected type, or not a value at all.
    @inline(never)
    mutating func failUnexpected(_ expected: StaticString) {
        if isFailed { return }
        guard cursor < end else { return fail(Expectation.endOfInput, at: end) }
        guard let kind = JSONKind(firstByte: cursor.pointee) else {
            return fail("expected \(expected), found an unexpected character", at: cursor)
        }
        fail("expected \(expected), found \(kind)", at: cursor)
    }

    /// Records that nesting is too deep, also in a trial: no other type would fit better.
    @inline(never)
    private mutating func failDepth(_ message: String) {
        let wasTrying = isTrying
        isTrying = false
        fail(message, at: cursor)
        isTrying = wasTrying
        isFinal = true
    }

    /// Begins or ends a trial: there, a type fits as it is, or not.
    mutating func setTrying(_ isTrying: Bool) {
        self.isTrying = isTrying
        recovers = mode != .strict && !isTrying
        isTolerant = mode == .tolerant && !isTrying
    }

    /// Takes back the fault that was found in the value that starts at `position`, and moves
    /// over that value.
    ///
    /// - Returns: The fault; `nil` if the text is malformed there. Then that is the fault.
    mutating func recover(to position: UnsafePointer<UInt8>, remainingDepth depth: Int) -> ReadingFailure? {
        guard let found = failure, !isFinal else { return nil }
        rewind(to: position, remainingDepth: depth)
        failure = nil
        skipValue()
        if !isFailed { return found }
        isFinal = true
        return nil
    }

    /// Takes back all that reading from `position` on did, unless the fault ends everything.
    mutating func takeBack(to position: UnsafePointer<UInt8>, remainingDepth depth: Int) {
        rewind(to: position, remainingDepth: depth)
        if !isFinal { failure = nil }
    }

    /// Takes back a fault that says what is missing.
    mutating func recoverFromMissing(to position: UnsafePointer<UInt8>) {
        guard let found = failure, !isFinal else { return }
        rewind(to: position, remainingDepth: remainingDepth)
        failure = nil
        keep(found)
    }

    /// Keeps a fault and goes on, unless there are enough of them.
    mutating func keep(_ found: ReadingFailure) {
        faults.append(found)
        if faults.count < JSONError.mostFaults { return }
        isFailed = true
        isFinal = true
        cursor = end
    }

    /// Undoes what a trial did.
    mutating func rewind(to position: UnsafePointer<UInt8>, remainingDepth depth: Int) {
        remainingDepth = depth
        if isFinal { return }
        isFailed = false
        cursor = position
    }

    /// Calls `body` with a reader that is at its end, so that it makes a
    /// placeholder at once, and goes on at another place.
    mutating func withPlaceholder<Value>(
        goingOnAt position: UnsafePointer<UInt8>, _ body: (inout ReaderState) -> Value
    ) -> Value {
        let depth = remainingDepth
        let score = trials.score
        let memberCount = members.count
        isFailed = true
        cursor = end
        let value = body(&self)
        trials.score = score
        members.truncate(to: memberCount)
        rewind(to: position, remainingDepth: depth)
        return value
    }

    /// Whether the stack and the limit allow one more level.
    @inline(__always)
    private mutating func allowsLevel(_ size: Int) -> Bool {
        guard remainingDepth > 0 else {
            failDepth(Expectation.depth)
            return false
        }
        guard stack.hasRoom(for: size) else {
            failDepth(Expectation.stack)
            return false
        }
        return true
    }

    /// Checks that nothing follows the value of the text.
    mutating func expectEnd() {
        if isFailed { return }
        skipWhitespace()
        if cursor < end { fail("expected the end of the text", at: cursor) }
    }

    // MARK: Tokens

    @inline(__always)
    mutating func skipWhitespace() {
        if cursor < end, cursor.pointee <= 0x20 { skipWhitespaceRun() }
    }

    @inline(never)
    private mutating func skipWhitespaceRun() {
        var position = cursor
        while position < end {
            switch position.pointee {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default:
                cursor = position
                return
            }
        }
        cursor = position
    }

    /// Whether the next value starts like `null`.
    var isAtNull: Bool {
        @inline(__always) get { cursor < end && cursor.pointee == UInt8(ascii: "n") }
    }

    mutating func readNull() {
        if !readLiteral("null") { failUnexpected("null") }
    }

    mutating func readBool() -> Bool {
        if readLiteral("true") { return true }
        if readLiteral("false") { return false }
        if isTolerant, let value = readBoolInOtherForm() { return value }
        failUnexpected("Bool")
        return false
    }

    private mutating func readLiteral(_ literal: StaticString) -> Bool {
        let matches = literal.withUTF8Buffer { text in
            guard end - cursor >= text.count else { return false }
            for index in 0..<text.count where cursor[index] != text[index] { return false }
            cursor += text.count
            return true
        }
        guard matches else {
            if cursor < end, let first = literal.firstByte, cursor.pointee == first {
                fail("expected \(literal)", at: cursor)
            }
            return false
        }
        return true
    }

    // MARK: Arrays

    /// Enters the array at the cursor.
    ///
    /// - Returns: Whether the cursor is now at a first element; if not, the array has been left again.
    @usableFromInline
    mutating func enterArray(_ expected: StaticString = "array") -> Bool {
        guard cursor < end, cursor.pointee == UInt8(ascii: "[") else {
            failUnexpected(expected)
            return false
        }
        guard allowsLevel(0) else { return false }
        cursor += 1
        skipWhitespace()
        if cursor < end, cursor.pointee == UInt8(ascii: "]") {
            cursor += 1
            return false
        }
        remainingDepth -= 1
        return true
    }

    /// Moves from the end of an element to the next one.
    ///
    /// - Returns: Whether there is one; if not, the array has been left.
    @usableFromInline
    mutating func nextElement() -> Bool {
        skipWhitespace()
        if cursor < end {
            if cursor.pointee == UInt8(ascii: ",") {
                cursor += 1
                skipWhitespace()
                return true
            }
            if cursor.pointee == UInt8(ascii: "]") {
                cursor += 1
                remainingDepth += 1
                return false
            }
        }
        if !isFailed {
            failSyntax("expected , or ] after an element", at: cursor)
        }
        return false
    }

    // MARK: Objects

    /// Enters the object at the cursor and moves to its first member or to its `}`.
    ///
    /// - Parameter size: The bytes of the value that the object is read into.
    mutating func enterObject(for size: Int = 0) {
        guard cursor < end, cursor.pointee == UInt8(ascii: "{") else {
            // The end of an empty array stands where that of an object would.
            if isTolerant, enterEmptyArray() { return }
            return failUnexpected("object")
        }
        guard allowsLevel(size) else { return }
        cursor += 1
        skipWhitespace()
        guard cursor < end else { return fail(Expectation.endOfInput, at: end) }
        if cursor.pointee != UInt8(ascii: "\""), cursor.pointee != UInt8(ascii: "}") {
            fail("expected a member's name or }", at: cursor)
        }
    }

    /// Moves from the end of a member's value to the next member or to the `}`.
    @inline(__always)
    mutating func nextMember() {
        skipWhitespace()
        if cursor < end {
            if cursor.pointee == UInt8(ascii: ",") {
                cursor += 1
                skipWhitespace()
                if cursor < end, cursor.pointee == UInt8(ascii: "\"") { return }
                return failAfterComma()
            }
            if cursor.pointee == UInt8(ascii: "}") { return }
        }
        failBetweenMembers()
    }

    @inline(never)
    private mutating func failAfterComma() {
        failSyntax("expected a member's name", at: cursor)
    }

    @inline(never)
    private mutating func failBetweenMembers() {
        failSyntax("expected , or } after a member", at: cursor)
    }

    /// Moves over the colon after a member's name, to its value.
    @inline(__always)
    mutating func passColon() {
        if cursor < end, cursor.pointee != UInt8(ascii: ":") { skipWhitespace() }
        guard cursor < end, cursor.pointee == UInt8(ascii: ":") else {
            failSyntax("expected : after a member's name", at: cursor)
            return
        }
        cursor += 1
        skipWhitespace()
    }

    // MARK: Leaving

    /// Moves over the `}` the cursor is at.
    mutating func leaveObject() {
        remainingDepth += 1
        if !isFailed { cursor += 1 }
    }
}

/// The first fault of a text, before its path is known.
struct ReadingFailure {
    var offset: Int
    let message: String
    /// The member that the object at the offset lacks or should not have.
    var member: String?
    /// The keyword of JSON Schema that the value at the offset violates.
    var keyword: StaticString?
}

/// Wordings that several faults share.
enum Expectation {
    static let endOfInput = "unexpected end of the text"
    static let depth = "nested deeper than \(JSON.maximumDepth) levels"
    static let stack = "nested deeper than the stack of this thread allows"
}

extension StaticString {
    var firstByte: UInt8? { withUTF8Buffer { $0.first } }
}
