/// Random numbers that are the same for the same seed on every machine
/// (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// - Parameter seed: Every part of it counts: the run's seed, the mode,
    ///   the description and the round.
    public init(seed: [String]) {
        // FNV-1a, since Swift's own hashes differ from run to run.
        state = 0xcbf2_9ce4_8422_2325
        for byte in seed.joined(separator: "\n").utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
