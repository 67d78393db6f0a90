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

    private var places: [String: Int] = [:]

    /// Adds a property; one that is there already is narrowed by what comes
    /// later, unless that says less.
    mutating func add(_ name: String, _ schema: Schema, shapes: ShapeFinder) {
        if let place = places[name] {
            members[place].schema = shapes.narrower(members[place].schema, schema)
        } else {
            places[name] = members.count
            members.append(Member(name: name, schema: schema))
        }
    }

    func schema(of name: String) -> Schema? {
        places[name].map { members[$0].schema }
    }
}
