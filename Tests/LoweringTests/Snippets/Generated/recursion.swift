extension SnippetAPI {
    public struct Node: JSONCodable {
        public var value: Int
        @Indirect public var next: Node?
        public var children: [Node]?

        public init(value: Int, next: Node? = nil, children: [Node]? = nil) {
            self.value = value
            self.next = next
            self.children = children
        }

        public init(from object: inout ObjectReader) {
            self.value = object.required("value")
            self.next = object.optional("next")
            self.children = object.optional("children")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("value", value)
            object.optional("next", next)
            object.optional("children", children)
        }
    }
}
