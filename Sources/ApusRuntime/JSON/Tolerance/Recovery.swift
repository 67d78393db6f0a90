// Reading that goes on after a fault: tolerantly, or to find all faults of a text.
extension ReaderState {
    /// Reads a value, and goes on after it if it cannot be read.
    ///
    /// - Parameter mayBeLeftOut: Whether tolerant reading can do without the value.
    /// - Returns: `nil` if the value is left out. A placeholder after a fault that is kept.
    mutating func recovering<T: JSONCoding>(_ type: T.Type, mayBeLeftOut: Bool) -> T? {
        let position = cursor
        let depth = remainingDepth
        let memberCount = members.count
        // After a fault only placeholders are made: what is taken back here must be of this value.
        let hadFailed = isFailed
        let (faultCount, deviationCount) = (faults.count, deviations.count)
        let result = withUnsafeMutablePointer(to: &self) { pointer in
            var value = ValueReader(state: pointer)
            return T(from: &value)
        }
        guard !hadFailed, isFailed || faults.count > faultCount, !isFinal else { return result }
        if isFailed {
            members.truncate(to: memberCount)
            guard let found = recover(to: position, remainingDepth: depth) else { return result }
            keep(found)
        }
        guard mayBeLeftOut, isTolerant, !isFinal else { return result }
        let reason = faults[faultCount].message
        faults.removeSubrange(faultCount...)
        deviations.removeSubrange(min(deviationCount, deviations.count)...)
        note(type, at: position, reason: reason)
        return nil
    }

    /// Records that a value was not what was expected.
    mutating func note<T>(_ type: T.Type, at position: UnsafePointer<UInt8>, reason: String? = nil) {
        note("\(type)", at: position, reason: reason)
    }

    mutating func note(_ expected: String, at position: UnsafePointer<UInt8>, reason: String? = nil) {
        guard deviations.count < FoundDeviation.most else { return }
        let kind = position < end ? JSONKind(firstByte: position.pointee) : nil
        deviations.append(
            FoundDeviation(
                offset: position - start, expected: expected, found: kind.map { "\($0)" } ?? "nothing", reason: reason))
    }

    /// Records that an object lacks a member, whose value is then empty.
    mutating func noteMissing<T>(_ type: T.Type, _ member: StaticString, of opening: UnsafePointer<UInt8>) {
        guard deviations.count < FoundDeviation.most else { return }
        deviations.append(
            FoundDeviation(offset: opening - start, member: member.description, expected: "\(type)", found: "nothing"))
    }

    /// Moves over `null` where an empty list or object may stand for it.
    mutating func readNullForEmpty(_ expected: String) -> Bool {
        guard isAtNull else { return false }
        let position = cursor
        readNull()
        if isFailed { return false }
        note(expected, at: position)
        return true
    }
}

extension ObjectReader {
    mutating func recoveringRequired<T: JSONCoding>(_ key: StaticString) -> T {
        if find(key) {
            // It cannot be left out.
            let result = state.pointee.recovering(T.self, mayBeLeftOut: false)
            leave()
            if let result { return result }
        } else if !state.pointee.isFailed, state.pointee.isTolerant,
            let empty = (T.self as? any EmptyJSONForm.Type)?.empty as? T
        {
            state.pointee.noteMissing(T.self, key, of: opening)
            return empty
        }
        let position = state.pointee.cursor
        let isMissing = !state.pointee.isFailed
        failMissing(key)
        var value = ValueReader(state: state)
        let placeholder = T(from: &value)
        if isMissing { state.pointee.recoverFromMissing(to: position) }
        return placeholder
    }

    /// Reads the member whose value the cursor is at.
    mutating func recoveringOptional<T: JSONCoding>() -> T? {
        let result = state.pointee.recovering(T.self, mayBeLeftOut: true)
        leave()
        return result
    }
}

extension JSONCoding {
    @usableFromInline
    static func readArrayRecovering(from value: inout ValueReader) -> [Self] {
        let state = value.state
        if state.pointee.isTolerant {
            if state.pointee.readNullForEmpty("\([Self].self)") { return [] }
            if value.kind != .array {
                let position = state.pointee.cursor
                let element = state.pointee.recovering(Self.self, mayBeLeftOut: false)
                if !state.pointee.isFailed { state.pointee.note([Self].self, at: position) }
                return element.map { [$0] } ?? []
            }
        }
        var elements: [Self] = []
        guard state.pointee.enterArray() else { return elements }
        repeat {
            if let element = state.pointee.recovering(Self.self, mayBeLeftOut: true) { elements.append(element) }
        } while state.pointee.nextElement()
        return elements
    }
}

/// A type that has a value for nothing.
private protocol EmptyJSONForm {
    static var empty: Self { get }
}

extension Array: EmptyJSONForm {
    fileprivate static var empty: Self { [] }
}

extension Dictionary: EmptyJSONForm {
    fileprivate static var empty: Self { [:] }
}
