extension SnippetAPI {
    public enum Animal: JSONUnion {
        case cat(Cat)
        case dog(Dog)
        /// A value that matches none of the cases.
        case unknown(JSONValue)

        public init(from value: inout ValueReader) {
            switch value.text(at: "kind") {
            case "cat": self = .cat(value.read())
            case "dog", "puppy": self = .dog(value.read())
            default:
                self = .unknown(value.read())
            }
        }

        public func encode(to value: inout ValueWriter) {
            switch self {
            case .cat(let content): value.write(content)
            case .dog(let content): value.write(content)
            case .unknown(let content): value.write(content)
            }
        }
    }
}

extension SnippetAPI {
    public struct Cat: JSONCodable {
        public var kind: String
        public var lives: Int?

        public init(kind: String = "cat", lives: Int? = nil) {
            self.kind = kind
            self.lives = lives
        }

        public init(from object: inout ObjectReader) {
            self.kind = object.required("kind")
            self.lives = object.optional("lives")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("kind", kind)
            object.optional("lives", lives)
        }
    }
}

extension SnippetAPI {
    public struct Dog: JSONCodable {
        public var kind: String
        public var tricks: Int?

        public init(kind: String, tricks: Int? = nil) {
            self.kind = kind
            self.tricks = tricks
        }

        public init(from object: inout ObjectReader) {
            self.kind = object.required("kind")
            self.tricks = object.optional("tricks")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("kind", kind)
            object.optional("tricks", tricks)
        }
    }
}
