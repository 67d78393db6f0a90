/// What a JSON value is.
public enum JSONKind: Sendable, Hashable {
    /// An object.
    case object
    /// An array.
    case array
    /// A string.
    case string
    /// A number.
    case number
    /// `true` or `false`.
    case bool
    /// `null`.
    case null

    /// The kind of the value that starts with this byte.
    @inline(__always)
    init?(firstByte: UInt8) {
        switch firstByte {
        case UInt8(ascii: "{"): self = .object
        case UInt8(ascii: "["): self = .array
        case UInt8(ascii: "\""): self = .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): self = .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
        case UInt8(ascii: "n"): self = .null
        default: return nil
        }
    }
}

/// Reads one JSON value.
///
/// Reading never throws. After the first fault, whatever is read is a
/// placeholder (0, `""`, `[]`, `nil`, …), and the fault is what
/// ``JSON/decode(_:from:)`` throws.
public struct ValueReader: ~Copyable {
    @usableFromInline let state: UnsafeMutablePointer<ReaderState>

    @inlinable
    init(state: UnsafeMutablePointer<ReaderState>) {
        self.state = state
    }

    /// What the next value is, without reading it.
    ///
    /// `.null` where there is no value; reading one there is a fault.
    public var kind: JSONKind {
        guard state.pointee.cursor < state.pointee.end else { return .null }
        return JSONKind(firstByte: state.pointee.cursor.pointee) ?? .null
    }

    /// Reads the next value as the given type.
    @inlinable
    public mutating func read<T: JSONCoding>(_ type: T.Type = T.self) -> T {
        if state.pointee.isTrying { return readInTrial() }
        return T(from: &self)
    }

    /// Reads `null`.
    public mutating func null() {
        state.pointee.readNull()
    }

    /// Records a fault at the next value.
    ///
    /// - Parameter message: What is wrong. It must not quote the value, which may be a secret.
    public mutating func fail(_ message: String) {
        state.pointee.fail(message, at: state.pointee.cursor)
    }

    // MARK: Looking ahead

    /// The text of a member of the next value, without reading the value.
    ///
    /// - Returns: A string's content, or the text of a number or boolean, of
    ///   the member with this name, the last of several; `nil` if the next value
    ///   is not an object, has no such member, or its value is of another kind.
    public mutating func string(at key: StaticString) -> String? {
        let opening = state.pointee.cursor
        return lookAhead(key) { state in
            state.lookedAt = LookedAtMember(opening: opening, name: key)
            guard state.cursor < state.end, let kind = JSONKind(firstByte: state.cursor.pointee) else { return nil }
            switch kind {
            case .string:
                return state.readString()
            case .number:
                return state.scanNumber()?.text
            case .bool:
                return state.readBool() ? "true" : "false"
            case .object, .array, .null:
                return nil
            }
        }
    }

    /// As ``string(at:)``, to be compared code point by code point.
    public mutating func text(at key: StaticString) -> MemberText? {
        string(at: key).map { MemberText($0) }
    }

    /// Whether the next value is an object with this member, without reading the value.
    public mutating func has(_ key: StaticString) -> Bool {
        lookAhead(key) { _ in true } ?? false
    }

    /// Reads the next value as the given type for a trial: nothing is
    /// consumed, and no fault is recorded.
    ///
    /// - Returns: `nil` if the value does not fit; else the number of members
    ///   that properties of `T` and of the values in it have read, minus the
    ///   number of members they do not know.
    public mutating func score<T: JSONCoding>(of type: T.Type) -> Int? {
        if state.pointee.isFailed { return nil }
        let position = state.pointee.cursor
        let depth = state.pointee.remainingDepth
        let memberCount = state.pointee.members.count
        let key = TrialRecord.Key(position: position - state.pointee.start, type: ObjectIdentifier(type))
        if let known = state.pointee.trials.outcome(for: key) { return known.score }
        let outerScore = state.pointee.beginTrial()
        _ = T(from: &self)
        let outcome = state.pointee.trials.end(key, end: state.pointee.endOfTrial(from: position), outerScore: outerScore)
        state.pointee.setTrying(state.pointee.trials.isActive)
        state.pointee.members.truncate(to: memberCount)
        state.pointee.rewind(to: position, remainingDepth: depth)
        return outcome
    }

    /// Reads a value in a trial, in which only the outcome counts: what was read at the
    /// same place before is jumped over, so that unions in unions are not read
    /// again for each type that is tried around them.
    @usableFromInline
    mutating func readInTrial<T: JSONCoding>() -> T {
        let position = state.pointee.cursor
        guard !state.pointee.isFailed, kind == .object || kind == .array else { return T(from: &self) }
        let key = TrialRecord.Key(position: position - state.pointee.start, type: ObjectIdentifier(T.self))
        switch state.pointee.trials.outcome(for: key) {
        case .fit(let score, let end):
            state.pointee.trials.score += score
            let pointer = state
            return state.pointee.withPlaceholder(goingOnAt: state.pointee.start + end) { _ in
                var placeholder = ValueReader(state: pointer)
                return T(from: &placeholder)
            }
        case .misfit:
            state.pointee.fail("does not fit", at: position)
            return T(from: &self)
        case nil:
            let outerScore = state.pointee.trials.score
            state.pointee.trials.score = 0
            let value = T(from: &self)
            state.pointee.trials.note(key, end: state.pointee.endOfTrial(from: position))
            state.pointee.trials.score += outerScore
            return value
        }
    }

    /// Chooses among types by trial readings of the next value.
    ///
    /// - Returns: The position in the list of the type with the highest
    ///   ``score(of:)``, the first one of several; `nil` if none fits.
    public mutating func bestMatch<each T: JSONCoding>(_ types: repeat (each T).Type) -> Int? {
        var best: (position: Int, score: Int)?
        var position = 0
        for type in repeat each types {
            if let score = score(of: type), best.map({ score > $0.score }) ?? true { best = (position, score) }
            position += 1
        }
        return best?.position
    }

    /// Moves to the value of a member, calls `body`, and moves back.
    private mutating func lookAhead<Result>(
        _ key: StaticString, _ body: (inout ReaderState) -> Result?
    ) -> Result? {
        if state.pointee.isFailed || kind != .object { return nil }
        let position = state.pointee.cursor
        let depth = state.pointee.remainingDepth
        let outerScore = state.pointee.beginTrial()
        var result: Result?
        if state.pointee.moveToMember(key) {
            result = body(&state.pointee)
            if state.pointee.isFailed { result = nil }
        }
        state.pointee.trials.abandon(outerScore: outerScore)
        state.pointee.setTrying(state.pointee.trials.isActive)
        state.pointee.rewind(to: position, remainingDepth: depth)
        return result
    }
}

extension ReaderState {
    fileprivate mutating func beginTrial() -> Int {
        setTrying(true)
        return trials.begin()
    }

    /// Where the value ends that a trial has read from `position` on; `nil` if it does not fit.
    fileprivate mutating func endOfTrial(from position: UnsafePointer<UInt8>) -> Int? {
        if isFailed { return nil }
        rememberEnd(of: position)
        return cursor - start
    }

    /// Moves into the object at the cursor, to the value of its member of this name:
    /// of several to that which counts in this reading.
    fileprivate mutating func moveToMember(_ key: StaticString) -> Bool {
        key.withUTF8Buffer { name in
            var last: UnsafePointer<UInt8>?
            enterObject()
            remainingDepth -= 1
            while cursor < end, cursor.pointee == UInt8(ascii: "\""), let token = scanString() {
                passColon()
                if isName(token, equalTo: name) {
                    if !keepsLastOfRepeated { return !isFailed }
                    last = cursor
                }
                skipValue()
                nextMember()
            }
            guard let last, !isFailed else { return false }
            cursor = last
            return true
        }
    }

    /// Compares a member's name, its escapes resolved, with the bytes of another.
    mutating func isName(_ token: StringToken, equalTo name: UnsafeBufferPointer<UInt8>) -> Bool {
        let content = content(of: token)
        guard content.count == name.count else { return false }
        return content.elementsEqual(name)
    }
}
