// 3:8: the schema `A` is defined by itself; any value is accepted

extension SnippetAPI {
    public typealias A = JSONValue
}

extension SnippetAPI {
    public typealias B = A
}

extension SnippetAPI {
    public struct Holder: JSONCodable {
        public var a: A?

        public init(a: A? = nil) {
            self.a = a
        }

        public init(from object: inout ObjectReader) {
            self.a = object.optional("a")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("a", a)
        }
    }
}
