extension ReaderState {
    /// Moves over one value, checking it.
    mutating func skipValue() {
        guard cursor < end else { return failUnexpected("value") }
        switch cursor.pointee {
        case UInt8(ascii: "\""):
            _ = scanString()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            skipContainer()
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            _ = readBool()
        case UInt8(ascii: "n"):
            readNull()
        default:
            _ = scanNumber("value")
        }
    }

    private mutating func skipContainer() {
        let opening = cursor
        let remembers = isTrying || remainingDepth < KnownEnds.depth
        if remembers, let known = ends.end(of: opening - start) {
            cursor = start + known
            return
        }
        if opening.pointee == UInt8(ascii: "[") {
            if enterArray() {
                repeat { skipValue() } while nextElement()
            }
        } else {
            enterObject()
            remainingDepth -= 1
            while cursor < end, cursor.pointee == UInt8(ascii: "\"") {
                _ = scanString()
                passColon()
                skipValue()
                nextMember()
            }
            leaveObject()
        }
        if remembers, !isFailed { rememberEnd(of: opening) }
    }

    /// Records that the value that starts at `opening` ends at the cursor.
    mutating func rememberEnd(of opening: UnsafePointer<UInt8>) {
        ends.insert(opening - start, end: cursor - start)
    }
}
