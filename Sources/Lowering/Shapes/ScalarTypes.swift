import Declarations
import OpenAPI

/// Swift types for JSON Schema's scalar types and OpenAPI's format registry.
enum ScalarTypes {
    /// The type of a schema with one scalar `type`, or nil where it has
    /// several or none.
    static func builtin(_ schema: Schema) -> Builtin? {
        switch schema.types.withoutNull {
        case .boolean: .bool
        case .integer: integer(schema)
        case .number: number(schema)
        case .string: string(schema)
        default: nil
        }
    }

    /// The type of one value.
    static func builtin(of value: Value) -> Builtin {
        switch value.kind {
        case .bool: .bool
        case .integer: .int
        case .number: .double
        default: .string
        }
    }

    /// A schema of several types as one schema for each.
    static func alternatives(_ schema: Schema) -> [Schema] {
        let types = schema.types.withoutNull
        return [Schema.Types.string, .integer, .number, .boolean, .array, .object]
            .filter { types.contains($0) }
            .map { Schema(schema, only: $0) }
    }

    /// The integers and what they hold. The bounds of 64 bits are given some
    /// slack: where they went through a floating-point number they were rounded.
    private static let widths: [(builtin: Builtin, range: ClosedRange<Double>)] = [
        (.int8, -128...127), (.uint8, 0...255), (.int16, -32_768...32_767), (.uint16, 0...65_535),
        (.int32, -2_147_483_648...2_147_483_647), (.uint32, 0...4_294_967_295), (.int64, -9.3e18...9.3e18),
        (.uint64, 0...1.9e19),
    ]

    /// The format's type. Bounds that go beyond it say that the values may too.
    private static func integer(_ schema: Schema) -> Builtin {
        let usual: Builtin =
            switch schema.scalar.format {
            case "int8": .int8
            case "uint8": .uint8
            case "int16": .int16
            case "uint16": .uint16
            case "int32": .int32
            case "uint32": .uint32
            case "int64", "unix-time", "unixtime", "timestamp": .int64
            case "uint64": .uint64
            default: .int
            }
        let scalar = schema.scalar
        let bounds = [scalar.minimum, scalar.exclusiveMinimum, scalar.maximum, scalar.exclusiveMaximum].compactMap { $0?.double }
        guard let first = bounds.first else { return usual }
        let lowest = bounds.reduce(first, min)
        let highest = bounds.reduce(first, max)
        func holds(_ range: ClosedRange<Double>) -> Bool { range.contains(lowest) && range.contains(highest) }
        let width = usual == .int ? Builtin.int64 : usual
        if let own = widths.first(where: { $0.builtin == width }), holds(own.range) { return usual }
        return [Builtin.int64, .uint64].first { builtin in
            widths.contains { $0.builtin == builtin && holds($0.range) }
        } ?? .decimal
    }

    private static func number(_ schema: Schema) -> Builtin {
        switch schema.scalar.format {
        case "float": .float
        case "decimal", "decimal128": .decimal
        case "int64": .int64
        case "int32": .int32
        default: .double
        }
    }

    /// Numbers that are described as strings stay strings: so they are written,
    /// and no digit is lost.
    private static func string(_ schema: Schema) -> Builtin {
        switch schema.content.encoding?.lowercased() {
        case "base64": return .data
        case "base64url": return .base64URL
        default: break
        }
        switch schema.scalar.format {
        case "date-time", "datetime": return .date
        case "date": return .calendarDate
        case "uuid", "guid": return .uuid
        case "byte", "base64": return .data
        case "base64url": return .base64URL
        case "binary": return .body
        case "password": return .secret
        default: return schema.content.mediaType.map(isBinary) == true ? .body : .string
        }
    }

    /// Whether content of a media type is bytes and not text.
    static func isBinary(_ mediaType: String) -> Bool {
        let name = MediaChoice.essence(mediaType)
        return name == "application/octet-stream" || name == "application/pdf" || name == "application/zip"
            || ["image/", "audio/", "video/"].contains { name.hasPrefix($0) } && !name.hasSuffix("+xml")
    }
}
