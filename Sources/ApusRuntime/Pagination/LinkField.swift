import HTTPTypes

/// The `Link` field (RFC 8288 section 3).
///
/// It is read as appendix B.2 has it: a link that is malformed is passed over, and
/// does not hide one after it.
enum LinkField {
    /// The target of the first link with the relation, as it is written.
    static func target(of relation: String, in fields: HTTPFields) -> String? {
        guard let name = HTTPField.Name("Link") else { return nil }
        for value in fields[values: name] {
            if let target = target(of: relation, in: value) { return target }
        }
        return nil
    }

    static func target(of relation: String, in value: String) -> String? {
        var reader = Reader(bytes: Array(value.utf8))
        while let link = reader.link() {
            let relations = link.relation.split { $0 == " " || $0 == "\t" }
            if !link.hasAnchor, relations.contains(where: { $0.lowercased() == relation }) { return link.target }
        }
        return nil
    }

    private struct Link {
        var target: String
        var relation = ""
        /// Whether it is about something else than what was asked for (section 3.2).
        var hasAnchor = false
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

        /// The next link that is well-formed enough to have a target.
        mutating func link() -> Link? {
            while true {
                skip { $0 == UInt8(ascii: ",") || Self.isSpace($0) }
                guard let current else { return nil }
                guard current == UInt8(ascii: "<") else {
                    passToComma()
                    continue
                }
                position += 1
                guard let end = bytes[position...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
                var link = Link(target: text(position..<end))
                position = end + 1
                parameters(of: &link)
                return link
            }
        }

        private mutating func parameters(of link: inout Link) {
            var hasRelation = false
            while true {
                skip(Self.isSpace)
                guard current == UInt8(ascii: ";") else { return passToComma() }
                position += 1
                skip(Self.isSpace)
                let name = token().lowercased()
                skip(Self.isSpace)
                var value = ""
                if current == UInt8(ascii: "=") {
                    position += 1
                    skip(Self.isSpace)
                    value = current == UInt8(ascii: "\"") ? quoted() : token()
                }
                // Of several relations only the first counts (section 3.3).
                if name == "rel", !hasRelation {
                    hasRelation = true
                    link.relation = value
                }
                if name == "anchor" { link.hasAnchor = true }
            }
        }

        private mutating func token() -> String {
            let start = position
            skip { !Self.isSpace($0) && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=") }
            return text(start..<position)
        }

        private mutating func quoted() -> String {
            position += 1
            var content: [UInt8] = []
            while let byte = current, byte != UInt8(ascii: "\"") {
                position += 1
                if byte == UInt8(ascii: "\\"), let escaped = current {
                    position += 1
                    content.append(escaped)
                } else {
                    content.append(byte)
                }
            }
            position += 1
            return String(decoding: content, as: UTF8.self)
        }

        private mutating func passToComma() {
            while let byte = current, byte != UInt8(ascii: ",") {
                if byte == UInt8(ascii: "\"") { _ = quoted() } else { position += 1 }
            }
        }

        private mutating func skip(_ belongs: (UInt8) -> Bool) {
            while let byte = current, belongs(byte) { position += 1 }
        }

        private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

        private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    }
}
