/// Writes one JSON value.
///
/// Writing never throws. What JSON cannot express is recorded, and
/// ``JSON/encode(_:omittingReadOnly:)`` throws it.
public struct ValueWriter: ~Copyable {
    @usableFromInline let state: UnsafeMutablePointer<WriterState>

    @inlinable
    init(state: UnsafeMutablePointer<WriterState>) {
        self.state = state
    }

    /// Writes a value by its JSON form.
    @inlinable
    public mutating func write<T: JSONCoding>(_ value: T) {
        let start = state.pointee.count
        value.encode(to: &self)
        // A value that writes nothing must not make the whole text malformed.
        if state.pointee.count == start { null() }
    }

    /// Writes a member's value or an element, with the comma behind it.
    @inlinable
    mutating func writeOneOfSeveral<T: JSONCoding>(_ value: T) {
        write(value)
        state.pointee.endValue()
    }

    /// The same without a copy of the value: it is nobody else's, so that nothing can change it
    /// meanwhile.
    @inlinable
    mutating func writeOneOfSeveral<T: JSONCoding>(inPlace value: inout T) {
        let start = state.pointee.count
        value.encode(to: &self)
        if state.pointee.count == start { null() }
        state.pointee.endValue()
    }

    /// Writes `null`.
    public mutating func null() {
        state.pointee.append("null")
    }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) {
        state.pointee.append(value ? "true" : "false")
    }

    /// Writes a string, with what JSON has to escape.
    public mutating func string(_ text: String) {
        state.pointee.append(quoted: text)
    }

    /// Writes an integer.
    public mutating func integer(_ value: some FixedWidthInteger) {
        if value.magnitude.bitWidth > 64, UInt64(exactly: value.magnitude) == nil {
            state.pointee.appendPlain(String(value))
        } else {
            state.pointee.append(integer: value)
        }
    }

    /// Writes the shortest number that reads back as `value`. Not finite ones are a fault.
    public mutating func double(_ value: Double) {
        state.pointee.append(value)
    }

    /// Writes the shortest number that reads back as `value`. Not finite ones are a fault.
    public mutating func float(_ value: Float) {
        guard value.isFinite else { return fail("JSON has no \(value)") }
        if abs(value) < 1e7, let integer = Int64(exactly: value), integer != 0 || value.sign == .plus {
            state.pointee.append(integer: integer)
        } else {
            state.pointee.appendPlain(value.description)
        }
    }

    /// Writes a number with the digits that it has.
    public mutating func number(_ number: JSONNumber) {
        state.pointee.appendPlain(number.description)
    }

    /// Writes an object, whose members `body` writes.
    public mutating func object(_ body: (inout ObjectWriter) -> Void) {
        var object = ObjectWriter(entering: state, for: 0)
        body(&object)
        object.finish()
    }

    /// Writes an array, whose elements `body` writes.
    public mutating func array(_ body: (inout ArrayWriter) -> Void) {
        var array = ArrayWriter(entering: state)
        body(&array)
        array.finish()
    }

    /// Records a fault at this value.
    ///
    /// - Parameter message: What is wrong. It must not quote the value, which may be a secret.
    public mutating func fail(_ message: String) {
        state.pointee.appendNull(failing: message)
    }
}

/// Writes the elements of one JSON array.
public struct ArrayWriter: ~Copyable {
    @usableFromInline let state: UnsafeMutablePointer<WriterState>
    @usableFromInline let start: Int

    @usableFromInline
    init(entering state: UnsafeMutablePointer<WriterState>) {
        self.state = state
        state.pointee.append(UInt8(ascii: "["))
        start = state.pointee.count
        state.pointee.enterLevel(for: 0)
    }

    /// Writes an element.
    @inlinable
    public mutating func write<T: JSONCoding>(_ element: T) {
        if state.pointee.writeUsual(element, named: nil) { return }
        if state.pointee.remainingDepth < 0 { return }
        var writer = ValueWriter(state: state)
        writer.writeOneOfSeveral(element)
    }

    /// Writes elements where they are.
    @inlinable
    mutating func write<T: JSONCoding>(all elements: UnsafeBufferPointer<T>) {
        guard let first = elements.baseAddress else { return }
        withUnsafeTemporaryAllocation(of: T.self, capacity: 1) { place in
            guard let place = place.baseAddress else { return }
            for index in 0..<elements.count {
                // Only the bits: to copy an element would count its references up and down
                // again. They are the array's, so nothing is destroyed here.
                UnsafeMutableRawPointer(place).copyMemory(from: first + index, byteCount: MemoryLayout<T>.size)
                write(inPlace: &place.pointee)
            }
        }
    }

    /// Writes an element without a copy of it.
    @inlinable
    mutating func write<T: JSONCoding>(inPlace element: inout T) {
        if state.pointee.writeUsual(element, named: nil) || state.pointee.remainingDepth < 0 { return }
        var writer = ValueWriter(state: state)
        writer.writeOneOfSeveral(inPlace: &element)
    }

    @usableFromInline
    mutating func finish() {
        state.pointee.remainingDepth += 1
        state.pointee.close(UInt8(ascii: "]"), openedAt: start)
    }
}

/// Writes the members of one JSON object.
public struct ObjectWriter: ~Copyable {
    @usableFromInline let state: UnsafeMutablePointer<WriterState>
    /// Where the first member begins.
    let start: Int

    /// - Parameter size: The bytes of the value that the object is written for.
    @usableFromInline
    init(entering state: UnsafeMutablePointer<WriterState>, for size: Int) {
        self.state = state
        state.pointee.append(UInt8(ascii: "{"))
        start = state.pointee.count
        state.pointee.enterLevel(for: size)
    }

    /// Writes a member that is always present.
    @inlinable
    public mutating func required<T: JSONCoding>(_ key: StaticString, _ value: T) {
        if state.pointee.writeUsual(value, named: key) { return }
        guard state.pointee.beginMember(key) else { return }
        var writer = ValueWriter(state: state)
        writer.writeOneOfSeveral(value)
    }

    /// Writes a member, or nothing for `nil`.
    @inlinable
    public mutating func optional<T: JSONCoding>(_ key: StaticString, _ value: T?) {
        if let value { required(key, value) }
    }

    /// Writes a member, `null` for `.null`, or nothing for `nil`.
    @inlinable
    public mutating func nullable<T: JSONCoding>(_ key: StaticString, _ value: Nullable<T>?) {
        if let value { required(key, value) }
    }

    /// Writes a member that only the server sets (`readOnly` of the schema), or
    /// nothing for `nil`. It is left out of what is sent to the server, so that
    /// a value that was read can be changed and sent back.
    public mutating func readOnly<T: JSONCoding>(_ key: StaticString, _ value: T?) {
        if state.pointee.omitsReadOnly { return }
        optional(key, value)
    }

    /// The same of a member that is always present in what the server sends: `null` for `nil`.
    public mutating func readOnlyOrNull<T: JSONCoding>(_ key: StaticString, _ value: T?) {
        if state.pointee.omitsReadOnly { return }
        required(key, value)
    }

    /// Writes members whose names are not known in advance, sorted by name.
    public mutating func additional<T: JSONCoding>(_ members: [String: T]) {
        members.encodeMembers(to: &self)
    }

    /// Writes a member whose name is not known in advance.
    @inlinable
    mutating func member<T: JSONCoding>(_ name: String, _ value: T) {
        guard state.pointee.beginMember(name) else { return }
        var writer = ValueWriter(state: state)
        writer.writeOneOfSeveral(value)
    }

    /// The same without a copy of the value.
    @inlinable
    mutating func member<T: JSONCoding>(_ name: String, inPlace value: inout T) {
        guard state.pointee.beginMember(name) else { return }
        if state.pointee.writeUsual(value, named: nil) { return }
        var writer = ValueWriter(state: state)
        writer.writeOneOfSeveral(inPlace: &value)
    }

    @usableFromInline
    mutating func finish() {
        state.pointee.remainingDepth += 1
        state.pointee.close(UInt8(ascii: "}"), openedAt: start)
    }
}
