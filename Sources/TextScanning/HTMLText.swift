/// Descriptions are CommonMark, which lets HTML through. Editors show its tags
/// as they stand, so what Markdown can say is said in Markdown.
public enum HTMLText {
    /// The text with the tags that format text in Markdown. Others, such as
    /// `<branch>`, are words of the author's and stay, as does all code.
    public static func markdown(_ text: String) -> String {
        guard mayContainHTML(text) else { return text }
        var reader = Reader(bytes: Array(text.utf8)[...])
        reader.readAll()
        return String(decoding: reader.result, as: UTF8.self)
    }

    private static func mayContainHTML(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
    }

    private struct Reader {
        var bytes: ArraySlice<UInt8>
        var result: [UInt8] = []
        /// The targets of the links that are open.
        var links: [String] = []

        mutating func readAll() {
            while let byte = bytes.first {
                switch byte {
                case UInt8(ascii: "`"): readCode()
                case UInt8(ascii: "<"):
                    if !readComment(), !readTag() { copy() }
                case UInt8(ascii: "&"):
                    if !readEntity() { copy() }
                default: copy()
                }
            }
            while let link = links.popLast() { append("](\(link))") }
        }

        private mutating func copy() {
            result.append(bytes.removeFirst())
        }

        private mutating func append(_ text: String) {
            result += text.utf8
        }

        /// A code span or a fenced block, to the backticks that end it.
        private mutating func readCode() {
            let fence = bytes.prefix { $0 == UInt8(ascii: "`") }.count
            var run = 0
            var end: Int?
            for index in bytes.indices.dropFirst(fence) {
                if bytes[index] == UInt8(ascii: "`") {
                    run += 1
                } else if run == fence {
                    end = index
                    break
                } else {
                    run = 0
                }
            }
            let count = end.map { $0 - bytes.startIndex } ?? (run == fence ? bytes.count : fence)
            result += bytes.prefix(count)
            bytes.removeFirst(count)
        }

        private mutating func readComment() -> Bool {
            guard bytes.starts(with: "<!--".utf8) else { return false }
            let ending = Array("-->".utf8)
            var rest = bytes.dropFirst(4)
            while !rest.isEmpty, !rest.starts(with: ending) { rest.removeFirst() }
            bytes = rest.dropFirst(ending.count)
            return true
        }

        private mutating func readTag() -> Bool {
            // Tags are short; a lone `<` must not make the whole text be searched.
            guard let end = bytes.prefix(400).firstIndex(of: UInt8(ascii: ">")) else { return false }
            let content = String(decoding: bytes[(bytes.startIndex + 1)..<end], as: UTF8.self)
            let isEnd = content.hasPrefix("/")
            let name = content.drop { $0 == "/" }.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
            let after = content.drop { $0 == "/" }.dropFirst(name.count).first
            guard after == nil || after == " " || after == "/" || after == "\n", let text = replacement(name, isEnd, content) else {
                return false
            }
            append(text)
            bytes = bytes[(end + 1)...]
            return true
        }

        private mutating func replacement(_ name: String, _ isEnd: Bool, _ content: String) -> String? {
            switch name {
            case "b", "strong": return emphasis("**", isEnd)
            case "i", "em": return emphasis("*", isEnd)
            case "code", "tt", "kbd": return "`"
            case "br", "p", "div", "details": return "\n\n"
            case "li": return isEnd ? "" : "\n- "
            case "ul", "ol", "dl", "table", "blockquote": return isEnd ? "\n\n" : "\n"
            case "dt": return isEnd ? "" : "\n- "
            case "dd": return isEnd ? "" : ": "
            case "tr": return isEnd ? "\n" : "\n| "
            case "td", "th": return isEnd ? " | " : ""
            case "h1", "h2", "h3", "h4", "h5", "h6", "summary": return isEnd ? "**\n\n" : "\n\n**"
            case "pre": return isEnd ? "\n```\n" : "\n```\n"
            case "a":
                if isEnd { return links.popLast().map { "](\($0))" } ?? "" }
                guard let target = attribute("href", content) else { return "" }
                links.append(target)
                return "["
            case "span", "font", "u", "small", "center", "img", "hr", "thead", "tbody", "tfoot", "caption", "colgroup", "col":
                return ""
            default: return nil
            }
        }

        /// Markdown's marks touch the words they mark.
        private mutating func emphasis(_ mark: String, _ isEnd: Bool) -> String {
            guard isEnd, result.last == UInt8(ascii: " ") else { return mark }
            while result.last == UInt8(ascii: " ") { result.removeLast() }
            return mark + " "
        }

        private func attribute(_ name: String, _ content: String) -> String? {
            guard let start = content.firstRange(of: name + "=")?.upperBound else { return nil }
            let value = content[start...]
            guard let quote = value.first, quote == "\"" || quote == "'" else {
                return String(value.prefix { $0 != " " })
            }
            return String(value.dropFirst().prefix { $0 != quote })
        }

        private mutating func readEntity() -> Bool {
            let entities = [
                "&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": "\"", "&#39;": "'", "&apos;": "'",
            ]
            for (entity, text) in entities where bytes.starts(with: entity.utf8) {
                append(text)
                bytes.removeFirst(entity.utf8.count)
                return true
            }
            return false
        }
    }
}
