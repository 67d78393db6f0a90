/// What is done with arrays of bytes.
public enum ByteArray {
    /// Appends bytes.
    public static func append(_ bytes: UnsafeBufferPointer<UInt8>, to array: inout [UInt8]) {
        array.append(contentsOf: bytes)
    }

    /// Whether two arrays have the same content.
    public static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left == right
    }
}
