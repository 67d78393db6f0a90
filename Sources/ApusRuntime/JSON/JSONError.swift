/// A fault in a JSON text, or a value that JSON cannot express.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where the fault is: `$.users[3].name`. Names that are not identifiers are quoted: `$["e-mail"]`.
    public let path: String

    /// The byte of the text at which the fault is, counted from 0. In writing,
    /// how many bytes were written before it.
    public let offset: Int

    /// What is wrong: `expected Int, found string`. It never quotes values.
    public let message: String

    /// The text around the fault. Each string is replaced by `"…"`, and so is
    /// whatever is neither punctuation nor a member's name, a number, `true`,
    /// `false` or `null`, so that no secret shows.
    public let excerpt: String

    /// The keyword of JSON Schema that the value violates, such as `maxLength`;
    /// nil for other faults. Values are checked where the client was generated so.
    public let keyword: String?

    /// The other faults of the text, in the order in which they stand in it; ten at
    /// most. Reading has gone on as if the value of each fault were not there.
    public let further: [JSONError]

    /// How many faults of a text are looked for.
    static let mostFaults = 10

    /// Creates an error.
    public init(
        path: String, offset: Int, message: String, excerpt: String, keyword: String? = nil, further: [JSONError] = []
    ) {
        self.further = further
        self.path = path
        self.offset = offset
        self.message = message
        self.excerpt = excerpt
        self.keyword = keyword
    }

    public var description: String {
        let place = "\(message) at \(path) (byte \(offset))"
        let first = excerpt.isEmpty ? place : "\(place) near \(excerpt)"
        if further.isEmpty { return first }
        return first + "; further: " + further.map { "\($0.message) at \($0.path)" }.joined(separator: ", ")
    }
}

extension JSONError {
    /// - Parameter others: The other faults, of which those at other places are listed.
    init(_ failure: ReadingFailure, _ others: [ReadingFailure] = [], in text: UnsafeBufferPointer<UInt8>) {
        let others = others.filter { $0.offset != failure.offset || $0.member != failure.member }.sorted { $0.offset < $1.offset }
        let paths = TextPaths.paths(of: others.map(\.offset), in: text)
        var location = TextLocation(failure.offset)
        location.scan(text)
        var path = location.path
        if let member = failure.member { path.append(.member(member)) }
        self.init(
            path: PathComponent.text(of: path), offset: failure.offset, message: failure.message,
            excerpt: location.excerpt, keyword: failure.keyword?.description,
            further: zip(others, paths).map { other, path in
                JSONError(
                    path: PathComponent.text(of: path + (other.member.map { [.member($0)] } ?? [])), offset: other.offset,
                    message: other.message, excerpt: "", keyword: other.keyword?.description)
            })
    }
}

enum PathComponent: Hashable {
    case member(String)
    case element(Int)

    static func text(of path: [PathComponent]) -> String {
        path.reduce(into: "$") { text, component in
            switch component {
            case .element(let index):
                text += "[\(index)]"
            case .member(let name) where isIdentifier(name):
                text += ".\(name)"
            case .member(let name):
                text += "[\(name.debugDescription)]"
            }
        }
    }

    private static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
                true
            default:
                false
            }
        }
    }
}
