/// Moves lines to the right.
public enum Indentation {
    /// Appends the lines of `text`, with `indentation` before each that is not
    /// empty.
    public static func append(_ text: [UInt8], to output: inout [UInt8], by indentation: StaticString) {
        indentation.withUTF8Buffer { append(text[...], to: &output, by: $0) }
    }

    /// Puts `indentation` before each line from `start` on that is not empty.
    public static func indent(_ output: inout [UInt8], from start: Int, by indentation: [UInt8]) {
        let text = Array(output[start...])
        output.removeSubrange(start...)
        indentation.withUnsafeBufferPointer { append(text[...], to: &output, by: $0) }
    }

    private static func append(
        _ text: ArraySlice<UInt8>, to output: inout [UInt8], by indentation: UnsafeBufferPointer<UInt8>
    ) {
        output.reserveCapacity(output.count + text.count + text.count / 6)
        var rest = text
        while let first = rest.first {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            if first != UInt8(ascii: "\n") { output.append(contentsOf: indentation) }
            output.append(contentsOf: rest[..<end])
            rest = rest[end...]
        }
    }
}
