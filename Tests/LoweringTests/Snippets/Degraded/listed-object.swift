// 7:19: a value of `const` that is not a scalar has no case; any value is accepted

extension SnippetAPI {
    public struct Inherited: JSONCodable {
        public var at: String?
        public var c: JSONValue?
        public var d: JSONValue?

        public init(at: String? = nil, c: JSONValue? = nil, d: JSONValue? = nil) {
            self.at = at
            self.c = c
            self.d = d
        }

        public init(from object: inout ObjectReader) {
            self.at = object.optional("at")
            self.c = object.optional("c")
            self.d = object.optional("d")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("at", at)
            object.optional("c", c)
            object.optional("d", d)
        }
    }
}

extension SnippetAPI {
    public struct Setting: JSONCodable {
        public var at: String?
        public var a: JSONValue?
        public var b: Int?

        public init(at: String? = nil, a: JSONValue? = nil, b: Int? = nil) {
            self.at = at
            self.a = a
            self.b = b
        }

        public init(from object: inout ObjectReader) {
            self.at = object.optional("at")
            self.a = object.optional("a")
            self.b = object.optional("b")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("at", at)
            object.optional("a", a)
            object.optional("b", b)
        }
    }
}
