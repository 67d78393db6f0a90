extension SnippetAPI {
    public struct File: JSONCodable {
        public var kind: FileBase.Kind
        public var mode: Mode?

        public init(kind: FileBase.Kind, mode: Mode? = nil) {
            self.kind = kind
            self.mode = mode
        }

        public init(from object: inout ObjectReader) {
            self.kind = object.required("kind")
            self.mode = object.optional("mode")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("kind", kind)
            object.optional("mode", mode)
        }
    }
}

extension SnippetAPI.File {
    public enum Mode: OpenEnum {
        case read
        case write
        /// A value that the description does not list.
        case unknown(String)

        /// The values that the description lists.
        public static let allCases: [Self] = [.read, .write]

        public var rawValue: String {
            switch self {
            case .read: "read"
            case .write: "write"
            case .unknown(let value): value
            }
        }
    }
}

extension SnippetAPI {
    public struct FileBase: JSONCodable {
        public var kind: Kind

        public init(kind: Kind) {
            self.kind = kind
        }

        public init(from object: inout ObjectReader) {
            self.kind = object.required("kind")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("kind", kind)
        }
    }
}

extension SnippetAPI.FileBase {
    public enum Kind: OpenEnum {
        case text
        case binary
        /// A value that the description does not list.
        case unknown(String)

        /// The values that the description lists.
        public static let allCases: [Self] = [.text, .binary]

        public var rawValue: String {
            switch self {
            case .text: "text"
            case .binary: "binary"
            case .unknown(let value): value
            }
        }
    }
}
