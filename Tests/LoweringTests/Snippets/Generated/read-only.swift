extension SnippetAPI {
    public struct Account: JSONCodable {
        public var id: String?
        public var password: Secret?

        public init(id: String? = nil, password: Secret?) {
            self.id = id
            self.password = password
        }

        public init(from object: inout ObjectReader) {
            self.id = object.optional("id")
            self.password = object.optional("password")
        }

        public func encode(to object: inout ObjectWriter) {
            object.readOnly("id", id)
            object.optional("password", password)
        }
    }
}
