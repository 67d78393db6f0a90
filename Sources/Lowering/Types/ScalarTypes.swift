import OpenAPI
import SpecSource

/// Swift types for JSON Schema's scalar types and OpenAPI's format registry.
enum ScalarTypes {
    /// The type of a schema with one scalar `type`, or nil where it has
    /// several or none.
    static func builtin(_ schema: Schema) -> Builtin? {
        switch schema.types.subtracting(.null) {
        case .boolean: .bool
        case .integer: integer(schema)
        case .number, [.integer, .number]: number(schema)
        case .string: string(schema)
        default: nil
        }
    }

    /// The type of one value.
    static func builtin(of value: Node) -> Builtin {
        switch value.kind {
        case .bool: .bool
        case .integer: .int
        case .number: .double
        default: .string
        }
    }

    /// A schema of several types as one schema for each.
    static func alternatives(_ schema: Schema) -> [Schema] {
        var types = schema.types.subtracting(.null)
        if types.contains(.number) { types.remove(.integer) }
        return [Schema.Types.string, .integer, .number, .boolean, .array, .object]
            .filter { types.contains($0) }
            .map { Schema(schema, only: $0) }
    }

    private static func integer(_ schema: Schema) -> Builtin {
        switch schema.format {
        case "int8", "int16", "int32", "uint8", "uint16":
            return fits(schema, in: -2_147_483_648...2_147_483_647) ? .int32 : .int64
        case "uint32", "int64", "unix-time", "timestamp": return .int64
        case "uint64": return .uint64
        default:
            // Bounds beyond Int say that the values may be.
            if let maximum = schema.maximum, maximum > 9.3e18 { return maximum < 1.9e19 ? .uint64 : .decimal }
            return .int
        }
    }

    private static func fits(_ schema: Schema, in range: ClosedRange<Double>) -> Bool {
        range.contains(schema.minimum ?? 0) && range.contains(schema.maximum ?? 0)
    }

    private static func number(_ schema: Schema) -> Builtin {
        switch schema.format {
        case "float": .float
        case "decimal", "decimal128": .decimal
        case "int64": .int64
        case "int32": .int32
        default: .double
        }
    }

    private static func string(_ schema: Schema) -> Builtin {
        if schema.contentEncoding == "base64" || schema.contentEncoding == "base64url" { return .data }
        switch schema.format {
        case "date-time", "datetime": return .date
        case "date": return .calendarDate
        case "uuid", "guid": return .uuid
        case "byte", "base64", "base64url": return .data
        case "decimal": return .decimal
        case "binary": return .body
        case "password": return .secret
        default: return schema.contentMediaType == "application/octet-stream" ? .body : .string
        }
    }
}
