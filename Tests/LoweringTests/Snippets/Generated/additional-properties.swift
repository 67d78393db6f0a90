extension SnippetAPI {
    public struct Open: JSONCodable {
        public var name: String?

        /// Members the description does not name.
        public var additionalProperties: [String: [String]]

        public init(name: String? = nil, additionalProperties: [String: [String]] = [:]) {
            self.name = name
            self.additionalProperties = additionalProperties
        }

        public init(from object: inout ObjectReader) {
            self.name = object.optional("name")
            self.additionalProperties = object.additional()
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("name", name)
            object.additional(additionalProperties)
        }
    }
}

extension SnippetAPI {
    public typealias Scores = [String: Int]
}
