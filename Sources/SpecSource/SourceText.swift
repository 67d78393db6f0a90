import Source
import SyntaxTree
import TextScanning

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
        if let offset = WellFormedText.firstInvalidByte(in: text) {
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
        if WellFormedText.containsNull(bytes) {
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
}
