/// A Mustache template, compiled.
///
/// The part of Mustache that code templates need: variables, sections,
/// inverted sections, comments and partials, with the specification's rule
/// for tags that stand alone on a line. Nothing is HTML-escaped. Keys are
/// known beforehand, so that a misspelt one is an error when the template is
/// read.
///
/// Beyond Mustache there are lists: `{{[}}`, `{{,}}` after each element, `{{]}}`. They
/// are written on one line, or get a line for each element where it would be too long
/// (``ListLayout``). Within a list the template's own line breaks and what a line begins
/// with say nothing. `{{[filled}}` puts as many elements on a line as fit, `{{[aligned}}`
/// the others below the first.
public struct Template: Sendable {
    public enum Part: Sendable {
        case text([UInt8])
        case variable(TemplateKey)
        /// The element itself, in a section over texts.
        case element
        case section(TemplateKey, isInverted: Bool, [Part])
        /// - `indentation`: What stands before it, if it has its line to itself. Otherwise
        ///   it ends where its text does, without a line break.
        case partial(String, indentation: [UInt8]?)
    }

    public let parts: [Part]
}

/// A template that cannot be read.
public struct TemplateError: Error, CustomStringConvertible {
    public let template: String
    public let line: Int
    public let message: String

    public init(template: String, line: Int, message: String) {
        self.template = template
        self.line = line
        self.message = message
    }

    public var description: String {
        "\(template).mustache:\(line): error: \(message)"
    }
}

/// Reads templates.
public struct TemplateParser {
    private let name: String
    private let keys: [String: TemplateKey]
    private let lines: [Substring]

    private init(name: String, text: String, keys: [String: TemplateKey]) {
        self.name = name
        self.keys = keys
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// - Parameter keys: The keys that the template may use.
    public static func parse(_ text: String, name: String, keys: [String: TemplateKey]) throws(TemplateError) -> Template {
        try TemplateParser(name: name, text: text, keys: keys).parse()
    }

    private struct Open {
        var key: TemplateKey
        var name: Substring
        var isInverted: Bool
        var line: Int
        var outer: [Template.Part]
    }

    private func parse() throws(TemplateError) -> Template {
        var parts: [Template.Part] = []
        var open: [Open] = []
        // The lines on which the lists begin that are open.
        var lists: [Int] = []
        for (index, line) in lines.enumerated() {
            let isLast = index == lines.count - 1
            if isLast, line.isEmpty { break }
            let number = index + 1
            // Within a list, what a line begins with says nothing.
            let line = lists.isEmpty ? line : line.drop { $0 == " " }
            var pieces = try tags(in: line, at: number)
            // A line of one tag that prints nothing leaves no line behind.
            let standalone = lists.isEmpty && isStandalone(pieces)
            if standalone { pieces.removeAll { if case .text = $0 { true } else { false } } }
            for piece in pieces {
                switch piece {
                case .text(let text):
                    append(text, to: &parts)
                case .comment:
                    break
                case .list(let style):
                    lists.append(number)
                    append(style.rawValue, to: &parts)
                case .separator:
                    append(ListLayout.separator, to: &parts)
                case .endOfList:
                    if lists.popLast() == nil { throw error("`{{]}}` closes no list", number) }
                    append(ListLayout.end, to: &parts)
                case .variable("."):
                    parts.append(.element)
                case .variable(let name):
                    parts.append(.variable(try key(name, at: number)))
                case .partial(let name):
                    let indentation = standalone ? Array(line.prefix { $0 == " " }.utf8) : nil
                    parts.append(.partial(String(name), indentation: indentation))
                case .begin(let name, let isInverted):
                    open.append(
                        Open(key: try key(name, at: number), name: name, isInverted: isInverted, line: number, outer: parts))
                    parts = []
                case .end(let name):
                    guard let last = open.popLast(), last.name == name else {
                        throw error("`{{/\(name)}}` closes nothing that is open", number)
                    }
                    let inner = parts
                    parts = last.outer
                    parts.append(.section(last.key, isInverted: last.isInverted, inner))
                }
            }
            if !standalone, !isLast, lists.isEmpty { append("\n", to: &parts) }
        }
        if let line = lists.last { throw error("`{{[}}` is never closed", line) }
        if let last = open.last { throw error("`{{#\(last.name)}}` is never closed", last.line) }
        return Template(parts: parts)
    }

    private enum Piece {
        case text(Substring)
        case variable(Substring)
        case begin(Substring, isInverted: Bool)
        case end(Substring)
        case partial(Substring)
        case list(ListLayout.Style)
        case separator
        case endOfList
        case comment
    }

    private func tags(in line: Substring, at number: Int) throws(TemplateError) -> [Piece] {
        var pieces: [Piece] = []
        var rest = line
        while let start = rest.firstRange(of: "{{") {
            if start.lowerBound > rest.startIndex { pieces.append(.text(rest[..<start.lowerBound])) }
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
                throw error("a tag has no `}}`", number)
            }
            var tag = rest[start.upperBound..<end.lowerBound]
            rest = rest[end.upperBound...]
            let kind = tag.first
            if let kind, "#^/>![,]".contains(kind) { tag.removeFirst() }
            while tag.first == " " { tag.removeFirst() }
            while tag.last == " " { tag.removeLast() }
            switch kind {
            case "#": pieces.append(.begin(tag, isInverted: false))
            case "^": pieces.append(.begin(tag, isInverted: true))
            case "/": pieces.append(.end(tag))
            case ">": pieces.append(.partial(tag))
            case "!": pieces.append(.comment)
            case "[": pieces.append(.list(try style(tag, at: number)))
            case ",": pieces.append(.separator)
            case "]": pieces.append(.endOfList)
            default: pieces.append(.variable(tag))
            }
        }
        if !rest.isEmpty { pieces.append(.text(rest)) }
        return pieces
    }

    private func isStandalone(_ pieces: [Piece]) -> Bool {
        var tags = 0
        for piece in pieces {
            switch piece {
            case .text(let text): if text.contains(where: { $0 != " " }) { return false }
            case .variable, .list, .separator, .endOfList: return false
            default: tags += 1
            }
        }
        return tags == 1
    }

    private func style(_ name: Substring, at line: Int) throws(TemplateError) -> ListLayout.Style {
        switch name {
        case "": return .lines
        case "filled": return .filled
        case "aligned": return .aligned
        default: throw error("`\(name)` is not a form of a list (write `{{[}}`, `{{[filled}}` or `{{[aligned}}`)", line)
        }
    }

    private func append(_ mark: UInt8, to parts: inout [Template.Part]) {
        append([mark], to: &parts)
    }

    private func append(_ text: Substring, to parts: inout [Template.Part]) {
        append(Array(text.utf8), to: &parts)
    }

    private func append(_ text: [UInt8], to parts: inout [Template.Part]) {
        if case .text(let before)? = parts.last {
            parts[parts.count - 1] = .text(before + text)
        } else {
            parts.append(.text(text))
        }
    }

    private func key(_ name: Substring, at line: Int) throws(TemplateError) -> TemplateKey {
        guard let key = keys[String(name)] else {
            throw error("`\(name)` is not a key", line)
        }
        return key
    }

    private func error(_ message: String, _ line: Int) -> TemplateError {
        TemplateError(template: name, line: line, message: message)
    }
}
