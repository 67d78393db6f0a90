// 3:51: `strnig` is not a type; any value is accepted

extension SnippetAPI {
    public struct Pet: JSONCodable {
        public var name: JSONValue?

        public init(name: JSONValue? = nil) {
            self.name = name
        }

        public init(from object: inout ObjectReader) {
            self.name = object.optional("name")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("name", name)
        }
    }
}
