import Foundation

/// How a value is made of a response's body.
enum BodyReader<Value: Sendable>: Sendable {
    case json(@Sendable (Data, BodyReading) throws(JSONError) -> Value)
    case text(@Sendable (String) -> Value)
    case data(@Sendable (Data) -> Value)
    case stream(@Sendable (HTTPBody) -> Value)
    /// - Parameter mediaType: What the body must be, where the type can be nothing else.
    case items(@Sendable (HTTPBody, StreamConnection) -> Value, mediaType: String?)
    /// A scalar, as JSON or as text: as the content type says.
    case scalar(@Sendable (Data, _ isJSON: Bool, BodyReading) throws(JSONError) -> Value)
    /// The body is not read.
    case empty(Value)

    /// As ``scalar(_:)``, with the body of a response.
    static func textOrJSON<Body: JSONCoding>(_ value: @escaping @Sendable (Body) -> Value) -> BodyReader {
        .scalar { data, isJSON, reading throws(JSONError) in
            value(isJSON || data.isEmpty ? try Body.body(data, reading) : try ScalarText.value(data))
        }
    }
}

extension BodyReader {
    /// The same with another value made of the value.
    func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> BodyReader<Other> {
        switch self {
        case .json(let make): .json { data, reading throws(JSONError) in transform(try make(data, reading)) }
        case .text(let make): .text { transform(make($0)) }
        case .data(let make): .data { transform(make($0)) }
        case .stream(let make): .stream { transform(make($0)) }
        case .items(let make, let mediaType): .items({ transform(make($0, $1)) }, mediaType: mediaType)
        case .scalar(let make): .scalar { data, isJSON, reading throws(JSONError) in transform(try make(data, isJSON, reading)) }
        case .empty(let value): .empty(transform(value))
        }
    }
}

/// How a client reads the JSON of one response.
struct BodyReading: Sendable {
    static let strict = BodyReading(mode: .strict, deviations: nil)

    let mode: JSONReading
    /// Where deviations are kept; nil where none can be.
    let deviations: DeviationList?

    private init(mode: JSONReading, deviations: DeviationList?) {
        self.mode = mode
        self.deviations = deviations
    }

    /// - Parameter operation: The name that deviations are given.
    static func reading(_ mode: JSONReading, operation: String) -> BodyReading {
        mode == .strict ? .strict : BodyReading(mode: mode, deviations: DeviationList(operation: operation))
    }

    func note(_ deviation: JSONDeviation) {
        deviations?.append(deviation)
    }
}

/// The deviations of one response.
final class DeviationList: @unchecked Sendable {
    private let lock = NSLock()
    private let operation: String
    private var found: [JSONDeviation] = []

    init(operation: String) {
        self.operation = operation
    }

    func append(_ deviation: JSONDeviation) {
        var deviation = deviation
        deviation.operation = operation
        lock.withLock { found.append(deviation) }
    }

    var all: [JSONDeviation] { lock.withLock { found } }
}

/// A type with a value for a body that is empty although it should be JSON.
protocol AbsentBody {
    static var absent: Self { get }
}

extension Optional: AbsentBody {
    static var absent: Self { nil }
}

extension Nullable: AbsentBody {
    static var absent: Self { .null }
}

extension JSONCoding {
    /// Reads a body. An empty one is an optional type's `nil`.
    static func body(_ data: Data, _ reading: BodyReading) throws(JSONError) -> Self {
        if data.isEmpty, let type = Self.self as? any AbsentBody.Type, let absent = type.absent as? Self { return absent }
        guard reading.mode == .tolerant else { return try JSON.decode(Self.self, from: data) }
        return try JSON.decode(Self.self, from: data, reading: .tolerant) { reading.note($0) }
    }

    /// Reads a body that has to satisfy constraints.
    static func body(_ data: Data, _ reading: BodyReading, checking constraints: JSONConstraints) throws(JSONError) -> Self {
        let value = try body(data, reading)
        if let violation = constraints.violation(in: data) { throw violation }
        return value
    }
}

enum TextContent {
    /// The text of a body, by the `charset` of its content type; UTF-8 where
    /// there is none or it is not known.
    static func text(_ data: Data, contentType: String?) -> String {
        let encoding = charset(contentType).flatMap { encodings[$0] }
        return encoding.flatMap { String(data: data, encoding: $0) } ?? String(decoding: data, as: UTF8.self)
    }

    /// The bytes of a text, by the `charset` of its content type; UTF-8 where there is
    /// none or it is not known.
    ///
    /// - Returns: nil if the text has characters that the charset has not.
    static func data(_ text: String, contentType: String) -> Data? {
        guard let encoding = charset(contentType).flatMap({ encodings[$0] }) else { return Data(text.utf8) }
        return text.data(using: encoding)
    }

    /// By the names of IANA's registry, in lower case.
    private static let encodings: [String: String.Encoding] = [
        "iso-8859-1": .isoLatin1, "latin1": .isoLatin1, "iso-8859-2": .isoLatin2, "latin2": .isoLatin2, "us-ascii": .ascii,
        "windows-1250": .windowsCP1250, "windows-1251": .windowsCP1251, "windows-1252": .windowsCP1252,
        "windows-1253": .windowsCP1253, "windows-1254": .windowsCP1254,
        "utf-16": .utf16, "utf-16le": .utf16LittleEndian, "utf-16be": .utf16BigEndian,
        "utf-32": .utf32, "utf-32le": .utf32LittleEndian, "utf-32be": .utf32BigEndian,
        "shift_jis": .shiftJIS, "euc-jp": .japaneseEUC, "iso-2022-jp": .iso2022JP,
    ]

    private static func charset(_ contentType: String?) -> String? {
        guard let contentType, contentType.contains(";") else { return nil }
        for parameter in contentType.split(separator: ";").dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces).lowercased() == "charset" else { continue }
            return parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\"")).lowercased()
        }
        return nil
    }
}

/// The media type of a body, without its parameters.
enum MediaType {
    static func name(_ contentType: String?) -> String? {
        guard let first = contentType?.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false).first else { return nil }
        let name = first.trimmingCharacters(in: .whitespaces).lowercased()
        return name.isEmpty ? nil : name
    }

    /// Whether a body of the media type is JSON, as its name says.
    static func isJSON(_ contentType: String?) -> Bool {
        guard let name = name(contentType) else { return false }
        return name.hasSuffix("/json") || name.hasSuffix("+json")
    }

    /// Whether a body of the media type may be JSON (RFC 6839, section 3.1). Some servers
    /// call it text.
    static func mayBeJSON(_ name: String) -> Bool {
        name.hasSuffix("/json") || name.hasSuffix("+json") || name == "text/plain" || name == "application/octet-stream"
            || name == "text/javascript" || name == "application/javascript"
    }
}

extension JSONError {
    /// The error with the content type in front, where that says why the body is not JSON.
    func naming(_ contentType: String?) -> JSONError {
        guard let name = MediaType.name(contentType), !MediaType.mayBeJSON(name) else { return self }
        return JSONError(
            path: path, offset: offset, message: "the body is \(name), not JSON: \(message)", excerpt: excerpt, keyword: keyword,
            further: further)
    }
}
