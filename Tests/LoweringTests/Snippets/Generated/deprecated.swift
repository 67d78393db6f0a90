extension SnippetAPI {
    public struct Pet: JSONCodable {
        public var name: String?

        /// What it is called at home.
        @available(*, deprecated)
        public var nick: String? {
            get { storedNick }
            set { storedNick = newValue }
        }

        private var storedNick: String?

        public init(name: String? = nil, nick: String? = nil) {
            self.name = name
            self.storedNick = nick
        }

        public init(from object: inout ObjectReader) {
            self.name = object.optional("name")
            self.storedNick = object.optional("nick")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("name", name)
            object.optional("nick", storedNick)
        }
    }
}
