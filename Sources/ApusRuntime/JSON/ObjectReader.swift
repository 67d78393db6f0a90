/// Reads the members of one JSON object.
///
/// A property is first looked for in the next member, then in those skipped
/// before, then further on. So an object whose members come in the order of
/// the properties is read in one pass, and any other order costs a second look.
public struct ObjectReader: ~Copyable {
    @usableFromInline let state: UnsafeMutablePointer<ReaderState>

    let opening: UnsafePointer<UInt8>
    /// Where this object's members start in the stack of members.
    let firstMember: Int

    /// How many members were skipped and not read since.
    private var skippedCount = 0
    private var skippedNames = NameFilter()
    /// The member after the last one that was read out of order.
    private var guess: Int
    /// Where to go on after a member that was read out of order.
    private var resumption: UnsafePointer<UInt8>?

    private var nextAdditional: Int
    /// The names of the properties read, collected only when there are other members.
    private var propertyNames: NameFilter?
    /// The member that told that the object is to be read so.
    private var lookedAt: LookedAtMember?

    /// - Parameter size: The bytes of the value that the object is read into.
    init(entering state: UnsafeMutablePointer<ReaderState>, for size: Int) {
        self.state = state
        opening = state.pointee.cursor
        firstMember = state.pointee.members.count
        guess = firstMember
        nextAdditional = firstMember
        if state.pointee.lookedAt.opening == opening { lookedAt = state.pointee.lookedAt }
        state.pointee.enterObject(for: size)
        state.pointee.remainingDepth -= 1
        if state.pointee.keepsLastOfRepeated { listMembers() }
    }

    // MARK: Properties

    /// Reads a member that must be present. `null` is left to `T` to accept or reject.
    public mutating func required<T: JSONCoding>(_ key: StaticString) -> T {
        if state.pointee.recovers { return recoveringRequired(key) }
        var value = ValueReader(state: state)
        if find(key) {
            let result = T(from: &value)
            leave()
            return result
        }
        failMissing(key)
        // After a fault this yields a placeholder.
        return T(from: &value)
    }

    /// Reads a member that may be absent. `null` is taken for that, but of several types
    /// that are tried one that expects it is the better.
    public mutating func optional<T: JSONCoding>(_ key: StaticString) -> T? {
        guard find(key) else { return nil }
        let value: T? = nullOrValue()
        if value == nil, state.pointee.isTrying { state.pointee.trials.score -= 1 }
        return value
    }

    /// Reads a member that may be `null`. Servers leave out what they should send as that;
    /// of several types that are tried one that expects no such member is the better.
    public mutating func valueOrNull<T: JSONCoding>(_ key: StaticString) -> T? {
        guard find(key) else {
            if state.pointee.isTrying { state.pointee.trials.score -= 1 }
            return nil
        }
        return nullOrValue()
    }

    @inline(__always)
    private mutating func nullOrValue<T: JSONCoding>() -> T? {
        if state.pointee.isAtNull {
            state.pointee.readNull()
            leave()
            return nil
        }
        if state.pointee.recovers { return recoveringOptional() }
        var value = ValueReader(state: state)
        let result = T(from: &value)
        leave()
        return result
    }

    /// Reads a member of any type. `null` is a value of it and not the absence of one.
    public mutating func optional(_ key: StaticString) -> JSONValue? {
        guard find(key) else { return nil }
        var value = ValueReader(state: state)
        let result = JSONValue(from: &value)
        leave()
        return result
    }

    /// Reads a member that may be absent (`nil`) or `null` (`.null`), which differ.
    public mutating func nullable<T: JSONCoding>(_ key: StaticString) -> Nullable<T>? {
        guard find(key) else { return nil }
        if state.pointee.isAtNull {
            state.pointee.readNull()
            leave()
            return .null
        }
        if state.pointee.recovers { return recoveringOptional().map { .value($0) } }
        var value = ValueReader(state: state)
        let result = T(from: &value)
        leave()
        return .value(result)
    }

    /// Reads all members that no property has read. It is to be called last.
    public mutating func additional<T: JSONCoding>(_ type: T.Type = T.self) -> [String: T] {
        var result: [String: T] = [:]
        var value = ValueReader(state: state)
        while let name = enterAdditional() {
            let count = result.count
            if state.pointee.recovers {
                guard let member = state.pointee.recovering(T.self, mayBeLeftOut: true) else {
                    leave()
                    continue
                }
                result[name] = member
            } else {
                result[name] = T(from: &value)
            }
            if result.count == count, let index = result.index(forKey: name) {
                state.pointee.noteSame(name, as: result.keys[index])
            }
            leave()
        }
        return state.pointee.isFailed ? [:] : result
    }

    /// Reads all members that no property has read, to be kept, unless they are to be
    /// dropped. It is to be called last. As the members of no property, they count
    /// against a type that is tried.
    public mutating func unknown() -> [String: JSONValue] {
        if state.pointee.isTrying || state.pointee.unknownMembers == .drop { return [:] }
        return additional()
    }

    // MARK: Finding members

    /// Moves to the value of a member.
    ///
    /// - Returns: Whether there is one. Then ``leave()`` must follow its value.
    mutating func find(_ key: StaticString) -> Bool {
        key.withUTF8Buffer { name in
            let start = state.pointee.cursor
            let count = name.count
            if count > 0, let bytes = name.baseAddress, state.pointee.end - start > count + 2,
                start[0] == UInt8(ascii: "\""), start[count + 1] == UInt8(ascii: "\""),
                MemberNameMatch.isPlain(start + 1, bytes, count)
            {
                state.pointee.cursor = start + (count + 2)
                state.pointee.passColon()
                let token = StringToken(start: start + 1, count: count, isEscaped: false, isASCII: false)
                state.pointee.members.push(Member(name: token, value: state.pointee.cursor, use: .property))
                return true
            }
            return findElsewhere(name)
        }
    }

    @inline(never)
    private mutating func findElsewhere(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        if skippedCount > 0, skippedNames.mayContain(name), let index = skippedMember(name) {
            guess = index + 1
            moveToSkipped(index, use: .property)
            return true
        }
        while let token = nextName() {
            state.pointee.passColon()
            let value = state.pointee.cursor
            if state.pointee.isName(token, equalTo: name) {
                state.pointee.members.push(Member(name: token, value: value, use: .property))
                return true
            }
            skippedNames.insert(state.pointee.content(of: token))
            skippedCount += 1
            state.pointee.members.push(Member(name: token, value: value, use: .none))
            state.pointee.skipValue()
            state.pointee.nextMember()
        }
        return false
    }

    /// Moves over the name of the next member.
    private mutating func nextName() -> StringToken? {
        guard state.pointee.cursor < state.pointee.end, state.pointee.cursor.pointee == UInt8(ascii: "\"") else { return nil }
        return state.pointee.scanString()
    }

    private mutating func skippedMember(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
        if state.pointee.isFailed { return nil }
        let end = state.pointee.members.count
        for index in guess..<end where isSkipped(index, name) { return index }
        for index in firstMember..<min(guess, end) where isSkipped(index, name) { return index }
        return nil
    }

    @inline(__always)
    private mutating func isSkipped(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let member = state.pointee.members[index]
        guard member.use == .none, member.name.isEscaped || member.name.count == name.count else { return false }
        return state.pointee.isName(member.name, equalTo: name)
    }

    private mutating func moveToSkipped(_ index: Int, use: Member.Use) {
        state.pointee.members.setUse(use, at: index)
        skippedCount -= 1
        resumption = state.pointee.cursor
        state.pointee.cursor = state.pointee.members[index].value
    }

    /// Moves from the end of a member's value to where reading goes on.
    @inline(__always)
    mutating func leave() {
        if let resumption {
            self.resumption = nil
            if !state.pointee.isFailed { state.pointee.cursor = resumption }
        } else {
            state.pointee.nextMember()
        }
    }

    @inline(never)
    mutating func failMissing(_ key: StaticString) {
        state.pointee.fail("missing", at: opening, member: key.description)
    }

    // MARK: Additional members

    /// Moves to the value of a member that no property has read.
    ///
    /// - Returns: Its name; `nil` if there is none. Else ``leave()`` must follow its value.
    private mutating func enterAdditional() -> String? {
        if state.pointee.isFailed { return nil }
        while skippedCount > 0, nextAdditional < state.pointee.members.count {
            let index = nextAdditional
            nextAdditional += 1
            let member = state.pointee.members[index]
            guard member.use == .none else { continue }
            noteUnread(member.name)
            let name = state.pointee.memberName(member.name)
            moveToSkipped(index, use: .other)
            return name
        }
        guard let token = nextName() else { return nil }
        noteUnread(token)
        let name = state.pointee.memberName(token)
        state.pointee.passColon()
        return name
    }

    /// Looks whether a member that no property has read repeats one that has been.
    private mutating func noteUnread(_ token: StringToken) {
        if state.pointee.hasRepeatedMember || state.pointee.keepsLastOfRepeated { return }
        if propertyNames == nil {
            var names = NameFilter()
            for index in firstMember..<state.pointee.members.count
            where state.pointee.members[index].use == .property {
                names.insert(state.pointee.content(of: state.pointee.members[index].name))
            }
            propertyNames = names
        }
        if let member = lookedAt { lookedAt = state.pointee.noteRepeated(token, member) }
        let content = state.pointee.content(of: token)
        guard let propertyNames, propertyNames.mayContain(content) else { return }
        if token.isEscaped {
            // The content is in the buffer that the comparison reuses.
            [UInt8](content).withUnsafeBufferPointer { noteUnread(named: $0) }
        } else {
            noteUnread(named: content)
        }
    }

    private mutating func noteUnread(named name: UnsafeBufferPointer<UInt8>) {
        for index in firstMember..<state.pointee.members.count
        where state.pointee.members[index].use == .property {
            if state.pointee.isName(state.pointee.members[index].name, equalTo: name) {
                state.pointee.hasRepeatedMember = true
            }
        }
    }

    // MARK: The end of the object

    /// Checks what is left of the object and leaves it.
    mutating func finish() {
        if skippedCount > 0 || state.pointee.cursor >= state.pointee.end
            || state.pointee.cursor.pointee != UInt8(ascii: "}")
        {
            state.pointee.trials.score -= skippedCount + passUnread()
        }
        if state.pointee.trials.isActive { addPropertiesToScore() }
        state.pointee.members.truncate(to: firstMember)
        state.pointee.leaveObject()
    }

    /// Passes over the members that were never looked at.
    ///
    /// - Returns: Their number.
    private mutating func passUnread() -> Int {
        if state.pointee.isFailed { return 0 }
        if skippedCount > 0 {
            for index in firstMember..<state.pointee.members.count
            where state.pointee.members[index].use == .none {
                noteUnread(state.pointee.members[index].name)
            }
        }
        var count = 0
        while let token = nextName() {
            noteUnread(token)
            state.pointee.passColon()
            state.pointee.skipValue()
            state.pointee.nextMember()
            count += 1
        }
        return count
    }

    private mutating func addPropertiesToScore() {
        for index in firstMember..<state.pointee.members.count
        where state.pointee.members[index].use == .property {
            state.pointee.trials.score += 1
        }
    }

    /// Looks at all members at once, so that of several with one name only the last is found.
    private mutating func listMembers() {
        var lastIndices: [[UInt8]: Int] = [:]
        while let token = nextName() {
            state.pointee.passColon()
            let index = state.pointee.members.count
            state.pointee.members.push(Member(name: token, value: state.pointee.cursor, use: .none))
            if let earlier = lastIndices.updateValue(index, forKey: [UInt8](state.pointee.content(of: token))) {
                state.pointee.members.setUse(.other, at: earlier)
            } else {
                skippedCount += 1
            }
            skippedNames.insert(state.pointee.content(of: token))
            state.pointee.skipValue()
            state.pointee.nextMember()
        }
    }
}
