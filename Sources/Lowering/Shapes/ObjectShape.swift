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
    /// The properties that only alternatives have so far.
    private var optional: Set<String> = []

    /// Adds a property; `narrower` says what becomes of one that is there already, and
    /// `overOptional` of one that only an alternative has.
    mutating func add(
        _ name: String, _ schema: Schema, narrower: (Schema, Schema) -> Schema, overOptional: (Schema, Schema) -> Schema
    ) {
        if let index = indices[name] {
            let choose = optional.remove(name) == nil ? narrower : overOptional
            members[index].schema = choose(members[index].schema, schema)
        } else {
            indices[name] = members.count
            members.append(Member(name: name, schema: schema))
        }
    }

    /// Adds a property of an alternative, which need not apply.
    mutating func addOptional(_ name: String, _ schema: Schema) {
        guard indices[name] == nil else { return }
        indices[name] = members.count
        members.append(Member(name: name, schema: schema))
        optional.insert(name)
    }

    mutating func replace(_ name: String, with schema: Schema) {
        guard let index = indices[name] else { return }
        members[index].schema = schema
    }

    func schema(of name: String) -> Schema? {
        indices[name].map { members[$0].schema }
    }
}
