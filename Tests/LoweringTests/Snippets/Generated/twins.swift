extension SnippetAPI {
    public struct Team: JSONCodable {
        public var address: Address?

        public init(address: Address? = nil) {
            self.address = address
        }

        public init(from object: inout ObjectReader) {
            self.address = object.optional("address")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("address", address)
        }
    }
}

extension SnippetAPI.Team {
    public struct Address: JSONCodable {
        public var city: String?

        public init(city: String? = nil) {
            self.city = city
        }

        public init(from object: inout ObjectReader) {
            self.city = object.optional("city")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("city", city)
        }
    }
}

extension SnippetAPI {
    public struct User: JSONCodable {
        public var address: Address?

        public init(address: Address? = nil) {
            self.address = address
        }

        public init(from object: inout ObjectReader) {
            self.address = object.optional("address")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("address", address)
        }
    }
}

extension SnippetAPI.User {
    public typealias Address = SnippetAPI.Team.Address
}
