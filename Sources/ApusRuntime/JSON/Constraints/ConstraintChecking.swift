extension ReaderState {
    /// Moves over the value at the cursor, and records a fault if it does not
    /// satisfy the constraints.
    mutating func pass(_ constraints: JSONConstraints) {
        guard cursor < end, let kind = JSONKind(firstByte: cursor.pointee) else { return skipValue() }
        let start = cursor
        switch kind {
        case .number:
            guard let token = scanNumber() else { return }
            checkNumber(token, constraints, at: start)
        case .string:
            guard let token = scanString() else { return }
            checkText(text(of: token), constraints, at: start)
        case .array:
            passElements(constraints)
        case .object:
            passMembers(constraints)
        case .bool, .null:
            skipValue()
        }
    }

    private mutating func violate(
        _ keyword: StaticString, _ limit: @autoclosure () -> String, at position: UnsafePointer<UInt8>, member: String? = nil
    ) {
        fail("does not satisfy \(keyword)\(limit())", at: position, member: member, keyword: keyword)
    }

    private mutating func checkNumber(_ token: NumberToken, _ constraints: JSONConstraints, at start: UnsafePointer<UInt8>) {
        if let bound = constraints.minimum, bound.isGreater(than: token) {
            violate("minimum", " \(bound)", at: start)
        } else if let bound = constraints.maximum, bound.isLess(than: token) {
            violate("maximum", " \(bound)", at: start)
        } else if let bound = constraints.exclusiveMinimum, !bound.isLess(than: token) {
            violate("exclusiveMinimum", " \(bound)", at: start)
        } else if let bound = constraints.exclusiveMaximum, !bound.isGreater(than: token) {
            violate("exclusiveMaximum", " \(bound)", at: start)
        } else if let divisor = constraints.multipleOf, !divisor.divides(token) {
            violate("multipleOf", " \(divisor)", at: start)
        }
    }

    /// - Parameter member: The text, if it is the name of a member of the object at `start`.
    private mutating func checkText(
        _ text: String, _ constraints: JSONConstraints, at start: UnsafePointer<UInt8>, member: String? = nil
    ) {
        if constraints.minLength != nil || constraints.maxLength != nil {
            let length = text.unicodeScalars.count
            if let least = constraints.minLength, length < least {
                return violate("minLength", " \(least)", at: start, member: member)
            }
            if let most = constraints.maxLength, length > most {
                return violate("maxLength", " \(most)", at: start, member: member)
            }
        }
        if let pattern = constraints.pattern, !pattern.matches(text) {
            violate("pattern", " \(pattern.text)", at: start, member: member)
        }
    }

    private mutating func passElements(_ constraints: JSONConstraints) {
        let start = cursor
        var count = 0
        var seen: Set<JSONValue> = []
        guard enterArray() else { return checkCount(0, constraints, at: start) }
        repeat {
            count += 1
            let element = cursor
            if let items = constraints.items { pass(items) } else { skipValue() }
            if constraints.uniqueItems, !isFailed, !seen.insert(value(from: element, to: cursor)).inserted {
                violate("uniqueItems", "", at: element)
            }
        } while nextElement()
        checkCount(count, constraints, at: start)
    }

    private mutating func checkCount(_ count: Int, _ constraints: JSONConstraints, at start: UnsafePointer<UInt8>) {
        if isFailed { return }
        if let least = constraints.minItems, count < least { return violate("minItems", " \(least)", at: start) }
        if let most = constraints.maxItems, count > most { violate("maxItems", " \(most)", at: start) }
    }

    /// The value of a part of the text that has been read already.
    private func value(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> JSONValue {
        let text = UnsafeRawBufferPointer(start: start, count: end - start)
        return (try? JSON.decode(JSONValue.self, from: text)) ?? .null
    }

    private mutating func passMembers(_ constraints: JSONConstraints) {
        let start = cursor
        var count = 0
        enterObject()
        remainingDepth -= 1
        while cursor < end, cursor.pointee == UInt8(ascii: "\"") {
            count += 1
            guard let token = scanString() else { return }
            let name = text(of: token)
            if let names = constraints.propertyNames {
                checkText(name, names, at: start, member: name)
                if isFailed { return }
            }
            passColon()
            passMember(name, constraints)
            nextMember()
        }
        leaveObject()
        if isFailed { return }
        if let least = constraints.minProperties, count < least { return violate("minProperties", " \(least)", at: start) }
        if let most = constraints.maxProperties, count > most { violate("maxProperties", " \(most)", at: start) }
    }

    /// Moves over a member's value, which may be subject to several constraints.
    private mutating func passMember(_ name: String, _ constraints: JSONConstraints) {
        var found: [JSONConstraints] = []
        if let own = constraints.properties[name] { found.append(own) }
        for (pattern, value) in constraints.patternProperties where pattern.matches(name) { found.append(value) }
        if found.isEmpty, let others = constraints.additionalProperties { found.append(others) }
        guard let last = found.popLast() else { return skipValue() }
        let start = cursor
        for other in found {
            pass(other)
            if isFailed { return }
            cursor = start
        }
        pass(last)
    }
}

extension ObjectReader {
    /// Checks the members that have been read. It is to be called last.
    public mutating func check(_ constraints: JSONConstraints) {
        if state.pointee.isFailed { return }
        let resumption = state.pointee.cursor
        if constraints.concernsAllMembers {
            state.pointee.cursor = opening
            state.pointee.remainingDepth += 1
            state.pointee.pass(constraints)
            state.pointee.remainingDepth -= 1
        } else {
            for index in firstMember..<state.pointee.members.count
            where state.pointee.members[index].use == .property {
                let member = state.pointee.members[index]
                guard let demanded = constraints.properties[state.pointee.text(of: member.name)] else { continue }
                state.pointee.cursor = member.value
                state.pointee.pass(demanded)
                if state.pointee.isFailed { return }
            }
        }
        if !state.pointee.isFailed { state.pointee.cursor = resumption }
    }
}

extension ObjectWriter {
    /// Checks the members that have been written. It is to be called last.
    public mutating func check(_ constraints: JSONConstraints) {
        state.pointee.check(constraints, objectFrom: start - 1)
    }
}

extension WriterState {
    /// Checks the object that begins at `opening` and has not been ended yet.
    mutating func check(_ constraints: JSONConstraints, objectFrom opening: Int) {
        if failure != nil { return }
        let found = withClosedObject(from: opening) { text -> ReadingFailure? in
            guard let start = text.baseAddress else { return nil }
            var state = ReaderState(start: start, count: text.count, keepsLastOfRepeated: false)
            state.pass(constraints)
            return state.failure
        }
        guard var found, found.keyword != nil else { return }
        found.offset += opening
        fail(found)
    }
}
