extension SnippetAPI {
    public struct Pet: JSONCodable {
        public var name: String
        public var owner: String?

        /// Default: `1`.
        public var age: Int?
        public var note: Nullable<String>?

        public init(name: String, owner: String?, age: Int? = nil, note: Nullable<String>? = nil) {
            self.name = name
            self.owner = owner
            self.age = age
            self.note = note
        }

        public init(from object: inout ObjectReader) {
            self.name = object.required("name")
            self.owner = object.valueOrNull("owner")
            self.age = object.optional("age")
            self.note = object.nullable("note")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("name", name)
            object.required("owner", owner)
            object.optional("age", age)
            object.nullable("note", note)
        }
    }
}
