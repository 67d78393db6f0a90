/// Lexicographic order of bytes.
public enum ByteOrder {
    public static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let common = min(left.count, right.count)
        for position in 0..<common where left[position] != right[position] {
            return Int(left[position]) - Int(right[position])
        }
        return left.count - right.count
    }
}
