// 4:40: a value of `enum` that is not a scalar has no case; left out

extension SnippetAPI {
    public enum Mixed: OpenEnum {
        case a
        case _1
        /// A value that the description does not list.
        case unknown(String)

        /// The values that the description lists.
        public static let allCases: [Self] = [.a, ._1]

        public var rawValue: String {
            switch self {
            case .a: "a"
            case ._1: "1"
            case .unknown(let value): value
            }
        }
    }
}

extension SnippetAPI {
    public struct Never: JSONCodable {
        @Indirect public var selfValue: Never?

        public init(selfValue: Never? = nil) {
            self.selfValue = selfValue
        }

        public init(from object: inout ObjectReader) {
            self.selfValue = object.optional("self")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("self", selfValue)
        }
    }
}
