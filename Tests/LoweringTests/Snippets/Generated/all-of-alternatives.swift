extension SnippetAPI {
    public struct Reading: JSONCodable {
        public var at: Date
        public var error: String?
        public var value: Double?

        public init(at: Date, error: String? = nil, value: Double? = nil) {
            self.at = at
            self.error = error
            self.value = value
        }

        public init(from object: inout ObjectReader) {
            self.at = object.required("at")
            self.error = object.optional("error")
            self.value = object.optional("value")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("at", at)
            object.optional("error", error)
            object.optional("value", value)
        }
    }
}
