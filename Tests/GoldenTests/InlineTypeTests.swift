import Testing

@Suite("Types of inline schemas")
struct InlineTypeTests {
    private func generated(paths: String, schemas: String = "    {}") throws -> String {
        try Generator(
            "openapi: 3.0.3\ninfo: {title: 'Shelf API: books and more', version: '1'}\npaths:\n\(paths)\ncomponents:\n  schemas:\n\(schemas)\n"
        ).text
    }

    private func operation(_ name: String, _ parameter: String, _ values: String) -> String {
        """
          /\(name):
            get:
              operationId: \(name)
              parameters: [{name: \(parameter), in: query, schema: {type: string, enum: \(values)}}]
              responses: {'204': {description: Nothing}}

        """
    }

    @Test("A parameter's type is named after its operation, and equal ones are one type")
    func sharedParameter() throws {
        let text = try generated(paths: operation("b", "sort", "[up, down]") + operation("a", "sort", "[up, down]"))
        #expect(text.contains("func a(sort: A.Sort? = nil)"))
        #expect(text.contains("func b(sort: B.Sort? = nil)"))
        #expect(text.contains("extension ShelfAPI.Client.A {\n    public enum Sort: OpenEnum"))
        #expect(text.contains("extension ShelfAPI.Client.B {\n    public typealias Sort = ShelfAPI.Client.A.Sort"))
    }

    @Test("Parameters of other names have types of their own, however alike")
    func otherName() throws {
        let text = try generated(paths: operation("a", "safe", "['0', '1']") + operation("b", "unique", "['0', '1']"))
        #expect(text.contains("func a(safe: A.Safe? = nil)"))
        #expect(text.contains("func b(unique: B.Unique? = nil)"))
        #expect(text.split(separator: "\n").filter { $0.contains("typealias") }.allSatisfy { $0.contains("= APIError<") })
    }

    @Test("Types of one name and other values are not one")
    func rivals() throws {
        let text = try generated(paths: operation("listA", "sort", "[up, down]") + operation("listB", "sort", "[left, right]"))
        #expect(text.contains("extension ShelfAPI.Client.ListA {\n    public enum Sort"))
        #expect(text.contains("extension ShelfAPI.Client.ListB {\n    public enum Sort"))
    }

    @Test("A type that a model and a parameter share stands in the model, and in the outermost of several")
    func home() throws {
        let text = try generated(
            paths: operation("list", "status", "[new, old]"),
            schemas: """
                    Wrapper: {type: object, properties: {inner: {type: object, properties: {status: {type: string, enum: [new, old]}}}}}
                    Order: {type: object, properties: {status: {type: string, enum: [new, old]}}}
                """)
        #expect(text.contains("extension ShelfAPI.Order {\n    public enum Status: OpenEnum"))
        #expect(text.contains("func list(status: List.Status? = nil)"))
        #expect(text.contains("extension ShelfAPI.Client.List {\n    public typealias Status = ShelfAPI.Order.Status"))
        #expect(text.contains("extension ShelfAPI.Wrapper.Inner {\n    public typealias Status = ShelfAPI.Order.Status"))
        #expect(text.contains("public var status: Status?"))
    }

    @Test("Members of a union without names are called after what sets them apart")
    func variants() throws {
        let text = try generated(
            paths: "  {}",
            schemas: """
                    Answer:
                      oneOf:
                        - {type: object, required: [errors], properties: {id: {type: string}, errors: {type: array, items: {type: string}}}}
                        - {type: object, properties: {id: {type: string}, total: {type: integer}}}
                        - {type: object, properties: {id: {type: string}}}
                        - {type: array, items: {type: object, properties: {n: {type: integer}}}}
                """)
        for name in ["case errors(Errors)", "case total(Total)", "case object(Object)", "case itemArray([Item])"] {
            #expect(text.contains(name))
        }
    }

    @Test("Values that stand for the same member of a union are one case")
    func discriminatorValues() throws {
        let text = try generated(
            paths: "  {}",
            schemas: """
                    Filter:
                      oneOf:
                        - {type: object, title: Comparison, required: [type], properties: {type: {enum: [eq, ne]}, value: {type: string}}}
                        - {type: object, title: Compound, required: [type], properties: {type: {enum: [and, or]}, filters: {type: array, items: {type: string}}}}
                """)
        #expect(text.contains(#"case "eq", "ne": self = .comparison(value.read())"#))
        #expect(text.contains(#"case "and", "or": self = .compound(value.read())"#))
    }
}
