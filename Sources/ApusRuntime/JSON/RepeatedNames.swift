extension ReaderState {
    /// Whether an object of the text may have two members of one name.
    ///
    /// It goes through the whole text, once. Names are compared by hashes, so
    /// it is wrong at times, but never about names that are repeated.
    mutating func mayRepeatNames() -> Bool {
        var names = NameHashes()
        return mayRepeatNames(&names)
    }

    private mutating func mayRepeatNames(_ names: inout NameHashes) -> Bool {
        guard cursor < end else { return false }
        if cursor.pointee == UInt8(ascii: "[") {
            guard enterArray() else { return false }
            repeat {
                if mayRepeatNames(&names) { return true }
            } while nextElement()
            return false
        }
        guard cursor.pointee == UInt8(ascii: "{") else {
            skipValue()
            return false
        }
        enterObject()
        remainingDepth -= 1
        let first = names.count
        while cursor < end, cursor.pointee == UInt8(ascii: "\""), let token = scanString() {
            names.append(content(of: token))
            passColon()
            if mayRepeatNames(&names) { return true }
            nextMember()
        }
        leaveObject()
        return names.takeAll(from: first)
    }
}

/// The hashes of the names of all objects that are being gone through, innermost last.
private struct NameHashes {
    private var hashes: [Int] = []

    var count: Int { hashes.count }

    mutating func append(_ name: UnsafeBufferPointer<UInt8>) {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(name))
        hashes.append(hasher.finalize())
    }

    /// Removes the names of the innermost object.
    ///
    /// - Returns: Whether two of them were the same.
    mutating func takeAll(from first: Int) -> Bool {
        defer { hashes.removeSubrange(first...) }
        if hashes.count - first < 2 { return false }
        hashes[first...].sort()
        return zip(hashes[first...], hashes[(first + 1)...]).contains { $0 == $1 }
    }
}
