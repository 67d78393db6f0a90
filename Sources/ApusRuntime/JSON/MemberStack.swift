/// A member of an object that is being read.
struct Member {
    let name: StringToken
    let value: UnsafePointer<UInt8>
    var use: Use

    enum Use {
        /// Skipped so far.
        case none
        /// Read as a property.
        case property
        /// Read as an additional member, or replaced by a later member of the same name.
        case other
    }
}

/// The members seen so far of all objects that are being read, innermost last.
///
/// One growing block serves the whole text, so an object costs no allocation.
struct MemberStack: ~Copyable {
    private var memory = UnsafeMutablePointer<Member>.allocate(capacity: 64)
    private var capacity = 64
    private(set) var count = 0

    deinit { memory.deallocate() }

    subscript(index: Int) -> Member {
        @inline(__always) get { memory[index] }
    }

    @inline(__always)
    mutating func push(_ member: Member) {
        if count == capacity { grow() }
        (memory + count).initialize(to: member)
        count &+= 1
    }

    @inline(__always)
    mutating func setUse(_ use: Member.Use, at index: Int) {
        memory[index].use = use
    }

    @inline(__always)
    mutating func truncate(to newCount: Int) {
        count = newCount
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Member>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: memory, count: count)
        memory.deallocate()
        memory = larger
        capacity *= 2
    }
}
