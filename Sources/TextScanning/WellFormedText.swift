/// Whether bytes are text, and text that YAML allows.
public enum WellFormedText {
    /// Whether there is a byte 0, which no text has.
    public static func containsNull(_ bytes: [UInt8]) -> Bool {
        bytes.contains(0)
    }

    /// The first byte that is not part of well-formed UTF-8 (Unicode, table 3-7).
    public static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position < bytes.count {
                let byte = bytes[position]
                if byte < 0x80 {
                    position += 1
                    continue
                }
                let (count, second): (Int, ClosedRange<UInt8>) =
                    switch byte {
                    case 0xC2...0xDF: (2, 0x80...0xBF)
                    case 0xE0: (3, 0xA0...0xBF)
                    case 0xED: (3, 0x80...0x9F)
                    case 0xE1...0xEF: (3, 0x80...0xBF)
                    case 0xF0: (4, 0x90...0xBF)
                    case 0xF1...0xF3: (4, 0x80...0xBF)
                    case 0xF4: (4, 0x80...0x8F)
                    default: (0, 0x80...0xBF)
                    }
                guard count > 0, position + count <= bytes.count, second.contains(bytes[position + 1]) else { return position }
                for offset in 2..<max(count, 2) where bytes[position + offset] & 0xC0 != 0x80 { return position }
                position += count
            }
            return nil
        }
    }

    /// Replaces, at the same length, the characters that YAML does not allow
    /// (YAML 1.2 section 5.1), which descriptions contain by accident.
    ///
    /// - Returns: The place of the first of them.
    public static func replaceControlCharacters(in bytes: inout [UInt8]) -> Int? {
        var first: Int?
        bytes.withUnsafeMutableBufferPointer { bytes in
            var position = 0
            while position < bytes.count {
                switch bytes[position] {
                case 0x09, 0x0A, 0x0D, 0x20...0x7E:
                    position += 1
                    continue
                case ..<0x80:
                    bytes[position] = 0x20
                case 0xC2 where bytes[position + 1] < 0xA0 && bytes[position + 1] != 0x85:
                    bytes[position + 1] = 0xA0
                case 0xEF where bytes[position + 1] == 0xBB && bytes[position + 2] == 0xBF:
                    // A byte order mark in the middle becomes a word joiner.
                    (bytes[position], bytes[position + 1], bytes[position + 2]) = (0xE2, 0x81, 0xA0)
                case 0xEF where bytes[position + 1] == 0xBF && bytes[position + 2] >= 0xBE:
                    bytes[position + 2] = 0xBD
                default:
                    position += 1
                    continue
                }
                first = first ?? position
                position += 1
            }
        }
        return first
    }
}
