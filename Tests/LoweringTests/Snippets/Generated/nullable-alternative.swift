extension SnippetAPI {
    public struct Order: JSONCodable {
        public var ship: Nullable<Ship>?

        public init(ship: Nullable<Ship>? = nil) {
            self.ship = ship
        }

        public init(from object: inout ObjectReader) {
            self.ship = object.nullable("ship")
        }

        public func encode(to object: inout ObjectWriter) {
            object.nullable("ship", ship)
        }
    }
}

extension SnippetAPI.Order {
    public struct Ship: JSONCodable {
        public var street: String?

        public init(street: String? = nil) {
            self.street = street
        }

        public init(from object: inout ObjectReader) {
            self.street = object.optional("street")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("street", street)
        }
    }
}
