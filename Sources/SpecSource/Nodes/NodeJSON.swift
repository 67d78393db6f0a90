import SyntaxTree

extension Node {
    /// This value as JSON text without white space. Numbers that JSON does not
    /// know (`.inf`, `.nan`) become strings.
    public func json() -> String {
        var bytes: [UInt8] = []
        writeJSON(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func writeJSON(to bytes: inout [UInt8]) {
        switch kind {
        case .null:
            bytes.append(contentsOf: "null".utf8)
        case .bool:
            bytes.append(contentsOf: (bool == true ? "true" : "false").utf8)
        case .integer, .number:
            if let text = Self.jsonNumber(text) {
                bytes.append(contentsOf: text.utf8)
            } else {
                Self.writeString(text, to: &bytes)
            }
        case .string:
            Self.writeString(text, to: &bytes)
        case .sequence:
            bytes.append(UInt8(ascii: "["))
            for (position, element) in elements.enumerated() {
                if position > 0 { bytes.append(UInt8(ascii: ",")) }
                element.writeJSON(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .mapping:
            bytes.append(UInt8(ascii: "{"))
            for (position, member) in members.enumerated() {
                if position > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.writeString(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.writeJSON(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func writeString(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case ..<0x20:
                let digits = String(byte, radix: 16)
                bytes.append(contentsOf: "\\u00\(byte < 16 ? "0" : "")\(digits)".utf8)
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The JSON text of a number: digits of base ten without superfluous signs,
    /// zeros or points. `nil` if JSON has no such number.
    private static func jsonNumber(_ text: String) -> String? {
        if text.hasPrefix("0x") || text.hasPrefix("0o") { return ScalarText.integer(text).map(String.init) }
        var rest = text[...]
        var result = ""
        if rest.hasPrefix("-") { result = "-" }
        if rest.hasPrefix("-") || rest.hasPrefix("+") { rest = rest.dropFirst() }
        let whole = rest.prefix { $0.isNumber }
        rest = rest.dropFirst(whole.count)
        let significant = whole.drop { $0 == "0" }
        result += significant.isEmpty ? "0" : significant
        if rest.hasPrefix(".") {
            let fraction = rest.dropFirst().prefix { $0.isNumber }
            guard !fraction.isEmpty || !whole.isEmpty else { return nil }
            rest = rest.dropFirst(1 + fraction.count)
            if !fraction.isEmpty { result += ".\(fraction)" }
        }
        return result + rest
    }
}
