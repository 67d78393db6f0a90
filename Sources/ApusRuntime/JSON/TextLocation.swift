/// Finds out where in a JSON text an offset is.
///
/// Readers keep no path: it costs time for each value and is needed once at
/// most. This goes through the text again, up to the fault, and a little
/// further for the excerpt. It accepts any bytes.
struct TextLocation {
    /// How many bytes of the excerpt precede and follow the offset, about.
    private static let reach = 60
    private static let longestName = 60

    private let offset: Int
    private var containers: [Container] = []
    /// The pieces of the excerpt, with where they start in the text.
    private var pieces: [(start: Int, text: String)] = []
    private var isCutAtEnd = false

    private(set) var path: [PathComponent] = []
    private var isPathKnown = false

    private struct Container {
        let isObject: Bool
        var name: String?
        var index = 0
        /// Whether a string here is a member's name.
        var expectsName: Bool
    }

    init(_ offset: Int) {
        self.offset = offset
    }

    var excerpt: String {
        let first = pieces.firstIndex { $0.start >= offset - Self.reach } ?? pieces.endIndex
        let text = pieces[first...].map(\.text).joined()
        return (first > 0 ? "…" : "") + text + (isCutAtEnd ? "…" : "")
    }

    mutating func scan(_ text: UnsafeBufferPointer<UInt8>) {
        var position = 0
        if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { position = 3 }
        while position < text.count {
            if position > offset + Self.reach {
                isCutAtEnd = true
                break
            }
            let end = Self.endOfToken(text, from: position)
            // A fault within a token is a fault of that token's value.
            if !isPathKnown, offset < end { settlePath() }
            take(text, position..<end)
            position = end
        }
        settlePath()
    }

    private mutating func settlePath() {
        guard !isPathKnown else { return }
        isPathKnown = true
        path = containers.compactMap { container in
            container.isObject ? container.name.map { .member($0) } : .element(container.index)
        }
    }

    private mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        let byte = text[range.lowerBound]
        var shown = String(decoding: text[range], as: UTF8.self)
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let isObject = byte == UInt8(ascii: "{")
            containers.append(Container(isObject: isObject, expectsName: isObject))
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            _ = containers.popLast()
        case UInt8(ascii: ","):
            if let last = containers.indices.last {
                containers[last].index += 1
                containers[last].expectsName = containers[last].isObject
                containers[last].name = nil
            }
        case UInt8(ascii: ":"):
            if let last = containers.indices.last { containers[last].expectsName = false }
        case UInt8(ascii: "\""):
            let isClosed = range.count > 1 && text[range.upperBound - 1] == byte
            var isName = false
            if let last = containers.indices.last, containers[last].expectsName, let name = Self.name(text, range) {
                containers[last].name = name
                containers[last].expectsName = false
                isName = true
            }
            if !isName || range.count > Self.longestName { shown = isClosed ? "\"…\"" : "\"…" }
        case 0x20, 0x0A, 0x0D, 0x09:
            shown = " "
        default:
            if !Self.isHarmless(text, range) { shown = "…" }
        }
        if range.upperBound > offset - 2 * Self.reach { pieces.append((range.lowerBound, shown)) }
    }

    static func endOfToken(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var position = start + 1
        if isPunctuation(text[start]) { return position }
        if isWhitespace(text[start]) {
            while position < text.count, isWhitespace(text[position]) { position += 1 }
            return position
        }
        if text[start] == UInt8(ascii: "\"") {
            while position < text.count, text[position] != UInt8(ascii: "\"") {
                position += text[position] == UInt8(ascii: "\\") ? 2 : 1
            }
            return min(position + 1, text.count)
        }
        while position < text.count, !isPunctuation(text[position]), !isWhitespace(text[position]),
            text[position] != UInt8(ascii: "\"")
        {
            position += 1
        }
        return position
    }

    /// Whether a run of other characters is a number or a literal.
    private static func isHarmless(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count <= 40, let base = text.baseAddress else { return false }
        var state = ReaderState(start: base + range.lowerBound, count: range.count, keepsLastOfRepeated: false)
        state.skipValue()
        state.expectEnd()
        return !state.isFailed
    }

    /// The content of a string token; `nil` if it is malformed.
    static func name(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String? {
        guard let base = text.baseAddress else { return nil }
        var state = ReaderState(start: base + range.lowerBound, count: range.count, keepsLastOfRepeated: false)
        let name = state.readString()
        return state.isFailed ? nil : name
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","),
            UInt8(ascii: ":"):
            true
        default:
            false
        }
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
