import OpenAPI

/// An object with everything that `allOf` brings to it.
struct ObjectShape {
    struct Member {
        var name: String
        var schema: Schema
    }

    var members: [Member] = []
    var required: Set<String> = []
    var additional = Schema.AdditionalProperties.unspecified

    private var indices: [String: Int] = [:]

    /// Adds a property; `narrower` says what becomes of one that is there already.
    mutating func add(_ name: String, _ schema: Schema, narrower: (Schema, Schema) -> Schema) {
        if let index = indices[name] {
            members[index].schema = narrower(members[index].schema, schema)
        } else {
            indices[name] = members.count
            members.append(Member(name: name, schema: schema))
        }
    }

    mutating func replace(_ name: String, with schema: Schema) {
        guard let index = indices[name] else { return }
        members[index].schema = schema
    }

    func schema(of name: String) -> Schema? {
        indices[name].map { members[$0].schema }
    }
}
