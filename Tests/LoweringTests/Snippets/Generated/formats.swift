extension SnippetAPI {
    public struct Kinds: JSONCodable {
        public var at: Date?
        public var day: CalendarDate?
        public var id: UUID?
        public var small: Int32?
        public var price: String?
        public var raw: Data?
        public var any: JSONValue?

        public init(
            at: Date? = nil,
            day: CalendarDate? = nil,
            id: UUID? = nil,
            small: Int32? = nil,
            price: String? = nil,
            raw: Data? = nil,
            any: JSONValue? = nil
        ) {
            self.at = at
            self.day = day
            self.id = id
            self.small = small
            self.price = price
            self.raw = raw
            self.any = any
        }

        public init(from object: inout ObjectReader) {
            self.at = object.optional("at")
            self.day = object.optional("day")
            self.id = object.optional("id")
            self.small = object.optional("small")
            self.price = object.optional("price")
            self.raw = object.optional("raw")
            self.any = object.optional("any")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("at", at)
            object.optional("day", day)
            object.optional("id", id)
            object.optional("small", small)
            object.optional("price", price)
            object.optional("raw", raw)
            object.optional("any", any)
        }
    }
}
