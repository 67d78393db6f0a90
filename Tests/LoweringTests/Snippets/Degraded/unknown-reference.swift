// 3:52: `$ref` leads nowhere: `#/components/schemas/Owner`; any value is accepted there

extension SnippetAPI {
    public struct Pet: JSONCodable {
        public var owner: JSONValue?
        public var name: String?

        public init(owner: JSONValue? = nil, name: String? = nil) {
            self.owner = owner
            self.name = name
        }

        public init(from object: inout ObjectReader) {
            self.owner = object.optional("owner")
            self.name = object.optional("name")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("owner", owner)
            object.optional("name", name)
        }
    }
}
