/// The member of an object that told what the object is. Of several with its name, the
/// last one should have.
struct LookedAtMember {
    /// Where the object starts.
    private(set) var opening: UnsafePointer<UInt8>?
    private var name: StaticString = ""
    /// How many members of this name no property has read.
    private var unreadCount = 0

    init() {}

    init(opening: UnsafePointer<UInt8>, name: StaticString) {
        self.opening = opening
        self.name = name
    }

    /// Takes note of a member that no property has read.
    ///
    /// - Returns: Whether it repeats the name.
    fileprivate mutating func isRepeated(by content: UnsafeBufferPointer<UInt8>) -> Bool {
        let isSame = name.withUTF8Buffer { $0.count == content.count && $0.elementsEqual(content) }
        if isSame { unreadCount += 1 }
        return unreadCount > 1
    }
}

extension ReaderState {
    /// Takes note of a member that no property has read, where it repeats the one that was
    /// looked at.
    ///
    /// - Returns: What is known of that one then. (As an `inout` argument the thread
    ///   sanitizer's build takes it for an overlapping access.)
    mutating func noteRepeated(_ token: StringToken, _ member: LookedAtMember) -> LookedAtMember {
        var member = member
        if member.isRepeated(by: content(of: token)) { hasRepeatedMember = true }
        return member
    }
}
