/// Turns the bytes of a file into UTF-8 without a byte order mark, or says what the file is instead.
enum SourceText {
    static func utf8(_ bytes: [UInt8], path: String) throws(SourceError) -> [UInt8] {
        if bytes.starts(with: [0xFE, 0xFF]) {
            return utf8(fromUTF16: bytes.dropFirst(2)) { high, low in UInt16(high) << 8 | UInt16(low) }
        }
        if bytes.starts(with: [0xFF, 0xFE]) {
            return utf8(fromUTF16: bytes.dropFirst(2)) { low, high in UInt16(high) << 8 | UInt16(low) }
        }
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if let (what, hint) = foreignFormat(text) {
            throw SourceError(location: SourceLocation(path: path, line: 1, column: 1), message: what, hint: hint)
        }
        if let offset = firstInvalidByte(in: text) {
            let before = text[..<offset]
            let line = before.count { $0 == 0x0A } + 1
            let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
            let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
            throw SourceError(
                location: SourceLocation(path: path, line: line, column: column),
                message: "byte \(offset) is not UTF-8", hint: "save the file in UTF-8")
        }
        return text
    }

    private static func utf8(fromUTF16 bytes: ArraySlice<UInt8>, unit: (UInt8, UInt8) -> UInt16) -> [UInt8] {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func foreignFormat(_ bytes: [UInt8]) -> (what: String, hint: String)? {
        let signatures: [([UInt8], String)] = [
            ([0x89, 0x50, 0x4E, 0x47], "a PNG image"), ([0xFF, 0xD8, 0xFF], "a JPEG image"), ([0x47, 0x49, 0x46, 0x38], "a GIF image"),
            ([0x25, 0x50, 0x44, 0x46], "a PDF document"),
        ]
        if let (_, name) = signatures.first(where: { bytes.starts(with: $0.0) }) {
            return ("this is \(name), not an API description", "give the path of an OpenAPI document in YAML or JSON")
        }
        if bytes.starts(with: [0x1F, 0x8B]) || bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return ("this is a compressed file", "unpack it first")
        }
        if bytes.contains(0) {
            return ("this is a binary file, not an API description", "give the path of an OpenAPI document in YAML or JSON")
        }
        let start = bytes.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }.prefix(15)
        let opening = String(decoding: start, as: UTF8.self).lowercased()
        if opening.hasPrefix("<!doctype html") || opening.hasPrefix("<html") {
            return ("this is an HTML page, not an API description", "download the raw file instead of the page that shows it")
        }
        if opening.hasPrefix("<") {
            return ("this is XML, not an API description", "give the path of an OpenAPI document in YAML or JSON")
        }
        return nil
    }

    /// The first byte that is not part of well-formed UTF-8 (Unicode, table 3-7).
    static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
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
    static func replaceControlCharacters(in bytes: inout [UInt8]) -> Int? {
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
