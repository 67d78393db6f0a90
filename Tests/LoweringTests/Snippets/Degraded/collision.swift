// 3:11: the schema `user` is called `UserModel`, because `User` is taken

extension SnippetAPI {
    public struct User: JSONCodable {
        public var b: String?

        public init(b: String? = nil) {
            self.b = b
        }

        public init(from object: inout ObjectReader) {
            self.b = object.optional("b")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("b", b)
        }
    }
}

extension SnippetAPI {
    public struct UserModel: JSONCodable {
        public var a: String?

        public init(a: String? = nil) {
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
