/// Where arrays and objects of a text end, so that what is passed more than once
/// is jumped over.
///
/// Members that come in another order than the properties, discriminators at
/// the end of objects, and trials look past values that are read later.
/// Done at every level of a nested text, that would take time in proportion
/// to its bytes and its depth.
struct KnownEnds: ~Copyable {
    /// The remaining depth below which ends are kept. A few levels may pass their
    /// content again: that costs less than keeping what usual texts never ask for.
    static let depth = JSON.maximumDepth - 8

    /// Shorter values are passed again.
    private static let shortest = 256

    private var ends: [Int: Int] = [:]

    func end(of start: Int) -> Int? {
        ends.isEmpty ? nil : ends[start]
    }

    mutating func insert(_ start: Int, end: Int) {
        if end - start >= Self.shortest { ends[start] = end }
    }
}

