extension SnippetAPI {
    public struct Holder: JSONCodable {
        public var value: Nullable<Value>?

        public init(value: Nullable<Value>? = nil) {
            self.value = value
        }

        public init(from object: inout ObjectReader) {
            self.value = object.nullable("value")
        }

        public func encode(to object: inout ObjectWriter) {
            object.nullable("value", value)
        }
    }
}

extension SnippetAPI {
    public enum Value: JSONUnion {
        case string(String)
        case int(Int)
        case stringArray([String])
        /// A value that matches none of the cases.
        case unknown(JSONValue)

        public init(from value: inout ValueReader) {
            switch value.kind {
            case .string:
                self = .string(value.read())
            case .number:
                self = .int(value.read())
            case .array:
                self = .stringArray(value.read())
            default:
                self = .unknown(value.read())
            }
        }

        public func encode(to value: inout ValueWriter) {
            switch self {
            case .string(let content): value.write(content)
            case .int(let content): value.write(content)
            case .stringArray(let content): value.write(content)
            case .unknown(let content): value.write(content)
            }
        }
    }
}
