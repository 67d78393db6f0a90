extension SnippetAPI {
    public struct Date: JSONCodable {
        public var day: Swift.String?

        public init(day: Swift.String? = nil) {
            self.day = day
        }

        public init(from object: inout ObjectReader) {
            self.day = object.optional("day")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("day", day)
        }
    }
}

extension SnippetAPI {
    public struct String: JSONCodable {
        public var text: Swift.String?
        public var when: Foundation.Date?

        public init(text: Swift.String? = nil, when: Foundation.Date? = nil) {
            self.text = text
            self.when = when
        }

        public init(from object: inout ObjectReader) {
            self.text = object.optional("text")
            self.when = object.optional("when")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("text", text)
            object.optional("when", when)
        }
    }
}

extension SnippetAPI {
    public struct Task: JSONCodable {
        public var selfValue: Swift.String
        public var `await`: Bool
        public var initValue: Swift.String?
        public var object: Swift.String?

        public init(
            selfValue: Swift.String,
            await: Bool,
            initValue: Swift.String? = nil,
            object: Swift.String? = nil
        ) {
            self.selfValue = selfValue
            self.await = `await`
            self.initValue = initValue
            self.object = object
        }

        public init(from object: inout ObjectReader) {
            self.selfValue = object.required("self")
            self.await = object.required("await")
            self.initValue = object.optional("init")
            self.object = object.optional("object")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("self", selfValue)
            object.required("await", `await`)
            object.optional("init", initValue)
            object.optional("object", self.object)
        }
    }
}
