import Declarations
import OpenAPI
import TextScanning

/// Which of an operation's media types is used, and how.
enum MediaChoice {
    typealias Encoding = BodyDeclaration.Encoding

    /// The media type a request is sent as: JSON before forms before the rest.
    static func request(_ content: [MediaType]) -> MediaType? {
        best(content) { media in
            switch encoding(media) {
            case .json: 0
            case .form: 2
            case .multipart: 1
            case .items: 3
            case .text, .scalarText: 4
            case .stream: 5
            }
        }
    }

    /// The media type a response is asked for as.
    static func response(_ content: [MediaType]) -> MediaType? {
        best(content) { media in
            if isJSON(media.name) { return 0 }
            if isText(media.name) { return 1 }
            return isStream(media.name) ? 2 : 3
        }
    }

    /// The media types of a response that say something else than the usual
    /// one, as ``identity(_:)`` spells them.
    static func otherResponses(_ content: [MediaType]) -> [String] {
        guard content.count > 1, let usual = response(content) else { return [] }
        let usualIdentity = identity(usual.name)
        func isOther(_ media: MediaType, _ identity: String) -> Bool {
            guard identity != usualIdentity, !PlainASCII.contains(UInt8(ascii: "*"), media.name) else { return false }
            if isStream(media.name) { return true }
            // The same values in other letters are no gain over typed ones.
            if isJSON(media.name) {
                let isAnother = essence(media.name).hasSuffix("+json") || essence(media.name) == essence(usual.name)
                return isAnother && !says(media, sameAs: usual)
            }
            if isText(media.name) { return isTable(media.name) && !isTable(usual.name) }
            return media.schema == nil || !isJSON(usual.name) || !says(media, sameAs: usual)
        }
        var others: [String] = []
        for media in content {
            let own = identity(media.name)
            if isOther(media, own) { others.append(own) }
        }
        return others
    }

    private static func isTable(_ name: String) -> Bool {
        ["text/csv", "text/tab-separated-values"].contains(essence(name))
    }

    /// Whether such content is values that arrive one after the other.
    static func isStream(_ name: String) -> Bool {
        if name == usual { return false }
        let name = essence(name)
        return name == "text/event-stream" || streams.contains(name) || name.hasSuffix("+json-seq")
    }

    private static let streams: Set<String> = [
        "application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines",
        "application/json-seq", "application/json-lines", "application/jsonlines",
    ]

    /// Whether such content is server-sent events.
    static func isEvents(_ name: String) -> Bool {
        essence(name) == "text/event-stream"
    }

    /// What nearly all bodies are.
    private static let usual = "application/json"

    private static func best(_ content: [MediaType], rank: (MediaType) -> Int) -> MediaType? {
        guard content.count > 1 else { return content.first }
        // `application/json` itself goes before its relatives.
        func place(_ media: MediaType) -> Int { rank(media) * 2 + (media.name == usual || essence(media.name) == usual ? 0 : 1) }
        var (best, lowest) = (content[0], place(content[0]))
        for media in content.dropFirst() {
            let own = place(media)
            if own < lowest { (best, lowest) = (media, own) }
        }
        return best
    }

    static func encoding(_ media: MediaType) -> Encoding {
        let name = essence(media.name)
        if isAny(name), media.schema == nil { return .stream }
        if isJSON(name) { return .json }
        if name == "application/x-www-form-urlencoded" { return .form }
        if name.hasPrefix("multipart/") { return .multipart }
        // Without a schema of the items there are bytes to be sent.
        if isStream(name), !isEvents(name), media.itemSchema != nil || media.schema != nil { return .items }
        return isText(name) ? .text : .stream
    }

    /// What `Content-Type` is sent.
    static func contentType(_ media: MediaType) -> String {
        switch media.name {
        case "*/*" where media.schema != nil: return "application/json"
        case "application/*", "application/*+json": return "application/json"
        case "text/*": return "text/plain"
        case _ where PlainASCII.contains(UInt8(ascii: "*"), media.name): return "application/octet-stream"
        default:
            return headerText(media.name)
        }
    }

    /// The media type of a part of a form: of several that are allowed the
    /// first; nil where the caller has to choose.
    static func partContentType(_ text: String) -> String? {
        let first = headerText(text).split(separator: ",").first.map { $0.drop { $0 == " " } } ?? ""
        return first.isEmpty || first.contains("*") ? nil : String(first)
    }

    /// A header field's value: visible ASCII only.
    static func headerText(_ text: String) -> String {
        if PlainASCII.isPrintableLine(text) { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value < 0x7F }))
    }

    /// Whether sending or receiving one in place of the other loses nothing:
    /// they have the same schema, or mean the same bytes.
    static func says(_ media: MediaType, sameAs other: MediaType) -> Bool {
        guard let first = media.schema, let second = other.schema else { return media.schema == nil }
        return first === second || first.reference != nil && first.reference == second.reference
    }

    /// Whether the caller gains anything by sending `media` in place of `usual`.
    static func isChoice(_ media: MediaType, beside usual: MediaType) -> Bool {
        let (own, other) = (encoding(media), encoding(usual))
        if PlainASCII.contains(UInt8(ascii: "*"), media.name) { return false }
        // Bytes are told apart by nothing but their media type.
        if own == .stream { return media.schema == nil || other == .stream || !says(media, sameAs: usual) }
        return !says(media, sameAs: usual)
    }

    /// Whether a body is made of a value, whichever way it is written.
    static func isStructured(_ encoding: Encoding) -> Bool {
        switch encoding {
        case .json, .form, .multipart, .items: true
        case .text, .scalarText, .stream: false
        }
    }

    static func isJSON(_ name: String) -> Bool {
        if name == usual { return true }
        let name = essence(name)
        return name == "application/json" || name.hasSuffix("+json") || name == "text/json" || name == "*/*"
            || name == "application/*" || name.hasSuffix("/json") || name == "application/*+json"
            || name.hasSuffix(".json")
    }

    static func isText(_ name: String) -> Bool {
        if name == usual { return false }
        let name = essence(name)
        return name.hasPrefix("text/") && name != "text/event-stream" || texts.contains(name)
            || name.hasSuffix("+xml") || name.hasSuffix("+yaml")
    }

    private static let texts: Set<String> = [
        "application/xml", "application/yaml", "application/javascript", "application/graphql", "application/jwt",
        "application/sql", "application/xhtml+xml",
    ]

    /// The order of the description says nothing, and neither do capitals.
    static func sorted(_ content: [MediaType]) -> [MediaType] {
        guard content.count > 1 else { return content }
        let keys = content.map { [identity($0.name), $0.name] }
        return PathOrder.sorted(keys).map { content[$0] }
    }

    /// Whether it says nothing of the media type.
    static func isAny(_ name: String) -> Bool { essence(name) == "*/*" }

    /// The media type in lower case, with the parameters that count.
    static func identity(_ name: String) -> String {
        headerText(MediaTypeName.identity(name))
    }

    /// The media type without its parameters, in lower case.
    static func essence(_ name: String) -> String {
        MediaTypeName.essence(name)
    }
}
