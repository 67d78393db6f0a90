extension Optional: JSONCoding where Wrapped: JSONCoding {
    public init(from value: inout ValueReader) {
        if value.state.pointee.isAtNull {
            value.state.pointee.readNull()
            self = nil
        } else {
            self = Wrapped(from: &value)
        }
    }

    @inlinable
    public func encode(to value: inout ValueWriter) {
        if let self { self.encode(to: &value) } else { value.null() }
    }

    public func parameterForm() -> ParameterForm {
        self?.parameterForm() ?? .none
    }
}

// An optimized build has a form of these for the usual types. They are not
// requirements of the protocol, which every type of a client would have to answer.

extension Array: JSONCoding where Element: JSONCoding {
    public init(from value: inout ValueReader) {
        self = Element.readArray(from: &value)
    }

    @inlinable
    public func encode(to value: inout ValueWriter) {
        var array = ArrayWriter(entering: value.state)
        withUnsafeBufferPointer { array.write(all: $0) }
        array.finish()
    }

    public func parameterForm() -> ParameterForm {
        .list(compactMap { $0.nestedParameterText() })
    }
}

/// Members are written sorted by name, so that equal values give equal texts.
extension Dictionary: JSONCoding where Key == String, Value: JSONCoding {
    @_specialize(where Value == String)
    @_specialize(where Value == Int)
    @_specialize(where Value == Double)
    @_specialize(where Value == Bool)
    @_specialize(where Value == JSONValue)
    public init(from value: inout ValueReader) {
        self = [:]
        if value.state.pointee.isTolerant, value.state.pointee.readNullForEmpty("object") { return }
        var names = MemberNames(entering: value.state)
        while let name = names.next() {
            // Growing from nothing, it would be made anew for the second member.
            if isEmpty { reserveCapacity(3) }
            let count = self.count
            if value.state.pointee.recovers {
                guard let member = value.state.pointee.recovering(Value.self, mayBeLeftOut: true) else { continue }
                self[name] = member
            } else {
                self[name] = Value(from: &value)
            }
            if self.count == count, let index = index(forKey: name) { names.noteSame(name, as: keys[index]) }
        }
    }

    @inlinable
    public func encode(to value: inout ValueWriter) {
        var object = ObjectWriter(entering: value.state, for: 0)
        encodeMembers(to: &object)
        object.finish()
    }

    @inlinable
    func encodeMembers(to object: inout ObjectWriter) {
        if count == 1, let member = first { return object.member(member.key, member.value) }
        withUnsafeTemporaryAllocation(of: (key: String, value: Value).self, capacity: count) { members in
            guard let first = members.baseAddress else { return }
            // Sorting with the values looks no name up again. Most dictionaries are so
            // short that an array would cost more than the sorting.
            if count <= 8 {
                var sorted = 0
                for member in self {
                    var place = sorted
                    while place > 0, member.key < first[place - 1].key {
                        (first + place).moveInitialize(from: first + place - 1, count: 1)
                        place -= 1
                    }
                    (first + place).initialize(to: member)
                    sorted += 1
                }
            } else {
                _ = members.initialize(from: sorted { $0.key < $1.key })
            }
            for index in 0..<count { object.member(first[index].key, inPlace: &first[index].value) }
            first.deinitialize(count: count)
        }
    }
}

// What is inlinable is compiled anew for every type of a client, whether it is used
// or not. Only reading arrays gains enough by it.
extension JSONCoding {
    @inlinable
    public static func readArray(from value: inout ValueReader) -> [Self] {
        if value.state.pointee.recovers { return readArrayRecovering(from: &value) }
        var elements: [Self] = []
        guard value.state.pointee.enterArray() else { return elements }
        // Growing from nothing costs a small array more than reading it.
        if MemoryLayout<Self>.stride <= 16 { elements.reserveCapacity(4) }
        repeat {
            elements.append(Self(from: &value))
        } while value.state.pointee.nextElement()
        return elements
    }
}

/// Goes through the members of an object whose names are not known in advance.
struct MemberNames: ~Copyable {
    private let state: UnsafeMutablePointer<ReaderState>
    private var isFirst = true
    /// The member that told that the object is to be read so.
    private var lookedAt: LookedAtMember?

    init(entering state: UnsafeMutablePointer<ReaderState>) {
        self.state = state
        if state.pointee.lookedAt.opening == state.pointee.cursor { lookedAt = state.pointee.lookedAt }
        state.pointee.enterObject()
        state.pointee.remainingDepth -= 1
    }

    /// Moves from the end of a member's value to the next value.
    ///
    /// - Returns: Its name; `nil` when the object has been left.
    mutating func next() -> String? {
        if isFirst { isFirst = false } else { state.pointee.nextMember() }
        guard state.pointee.cursor < state.pointee.end, state.pointee.cursor.pointee == UInt8(ascii: "\""),
            let token = state.pointee.scanString()
        else {
            state.pointee.leaveObject()
            return nil
        }
        if let member = lookedAt { lookedAt = state.pointee.noteRepeated(token, member) }
        let name = state.pointee.memberName(token)
        state.pointee.passColon()
        return name
    }

    /// Takes note of two names that a dictionary does not tell apart.
    @inline(never)
    func noteSame(_ name: String, as earlier: String) {
        state.pointee.noteSame(name, as: earlier)
    }
}
