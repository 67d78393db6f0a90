/// Lays out the lists in a rendered text: on one line where the whole line fits, else
/// with a line for each element.
///
/// While templates are rendered, a list is text between marks: bytes that occur in no
/// source text. How far to the right it ends up, and what stands around it, is known
/// only when everything has its place, so layout comes last.
public struct ListLayout {
    /// Where the elements go that do not fit on one line.
    enum Style: UInt8 {
        /// A line for each, one step to the right of the line that the list begins on.
        case lines = 1
        /// The same, with as many to a line as fit.
        case filled = 2
        /// A line for each, below the first one.
        case aligned = 3
    }

    /// Between two elements. An element that is empty is left out.
    static let separator: UInt8 = 4
    static let end: UInt8 = 5

    private static let newline = UInt8(ascii: "\n")
    private static let step = 4

    private enum Piece {
        case text(Range<Int>)
        case list(Style, [Element])
    }

    private struct Element {
        var pieces: [Piece] = []
        /// In bytes, with all lists on one line.
        var width = 0
    }

    private let text: [UInt8]
    private let width: Int
    private var output: [UInt8] = []
    private var lineStart = 0

    /// Replaces the marks in `text` by line breaks or blanks.
    ///
    /// - Parameter width: How many bytes a line may have before its lists get lines.
    public static func apply(to text: inout [UInt8], width: Int) {
        guard text.contains(where: isMark) else { return }
        var layout = ListLayout(text: text, width: width)
        layout.run()
        text = layout.output
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte <= end && byte > 0
    }

    private init(text: [UInt8], width: Int) {
        self.text = text
        self.width = width
        output.reserveCapacity(text.count + text.count / 8)
    }

    private mutating func run() {
        var start = 0
        while start < text.count {
            var end = start
            var hasList = false
            while end < text.count, text[end] != Self.newline {
                if Self.isMark(text[end]) { hasList = true }
                end += 1
            }
            if hasList {
                var place = start
                let line = element(at: &place, upTo: end)
                write(line, indentation: text[start..<end].prefix { $0 == UInt8(ascii: " ") }.count, followedBy: 0)
            } else {
                output += text[start..<end]
            }
            if end < text.count { beginLine(0) }
            start = end + 1
        }
    }

    // MARK: - Reading

    /// The element that begins at `place`, which is moved to the mark that ends it.
    private func element(at place: inout Int, upTo limit: Int) -> Element {
        var element = Element()
        while place < limit, text[place] != Self.separator, text[place] != Self.end {
            if let style = Style(rawValue: text[place]) {
                place += 1
                let (elements, width) = list(at: &place, upTo: limit)
                if elements.isEmpty { continue }
                element.pieces.append(.list(style, elements))
                element.width += width
            } else {
                let start = place
                while place < limit, !Self.isMark(text[place]) { place += 1 }
                element.pieces.append(.text(start..<place))
                element.width += place - start
            }
        }
        return element
    }

    private func list(at place: inout Int, upTo limit: Int) -> (elements: [Element], width: Int) {
        var elements: [Element] = []
        while place < limit {
            let element = element(at: &place, upTo: limit)
            if element.width > 0 { elements.append(element) }
            place += 1
            if place > limit || text[place - 1] == Self.end { break }
        }
        return (elements, elements.reduce(2 * max(0, elements.count - 1)) { $0 + $1.width })
    }

    // MARK: - Writing

    /// - Parameters:
    ///   - indentation: That of the line on which the element begins.
    ///   - following: How many bytes come after it on its last line.
    private mutating func write(_ element: Element, indentation: Int, followedBy following: Int) {
        guard column + element.width + following > width else { return writeFlat(element) }
        var rest = element.width
        for piece in element.pieces {
            switch piece {
            case .text(let range):
                output += text[range]
                rest -= range.count
            case .list(let style, let elements):
                if column + rest + following <= width {
                    writeFlat(Element(pieces: [piece]))
                } else {
                    write(elements, style, indentation: indentation)
                }
                rest -= elements.reduce(2 * (elements.count - 1)) { $0 + $1.width }
            }
        }
    }

    private mutating func write(_ elements: [Element], _ style: Style, indentation: Int) {
        let inner = style == .aligned ? column : indentation + Self.step
        for (index, element) in elements.enumerated() {
            let comma = index == elements.count - 1 ? 0 : 1
            if style == .filled, index > 0, column + 1 + element.width + comma <= width {
                output.append(UInt8(ascii: " "))
            } else if style != .aligned || index > 0 {
                beginLine(inner)
            }
            write(element, indentation: inner, followedBy: comma)
            if comma > 0 { output.append(UInt8(ascii: ",")) }
        }
        if style != .aligned { beginLine(indentation) }
    }

    private mutating func writeFlat(_ element: Element) {
        for piece in element.pieces {
            switch piece {
            case .text(let range): output += text[range]
            case .list(_, let elements):
                for (index, element) in elements.enumerated() {
                    if index > 0 { output += [UInt8(ascii: ","), UInt8(ascii: " ")] }
                    writeFlat(element)
                }
            }
        }
    }

    private mutating func beginLine(_ indentation: Int) {
        output.append(Self.newline)
        lineStart = output.count
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
    }

    /// How far the line that is being written has come.
    private var column: Int { output.count - lineStart }
}
