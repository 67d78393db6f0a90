/// Which components of a description are reached from its operations.
///
/// What a reference names is reached, and so are the schemas that a mapping
/// of a reached discriminator names, the schemas that inherit by `allOf` from
/// a reached schema with a discriminator, and the security schemes that a
/// requirement names.
struct Reachability {
    /// The place of every component with the places its content leads to.
    private var targets: [Path: Set<Path>] = [:]
    private var anchors: [String: Path] = [:]
    private let description: Value

    init(_ description: Value) {
        self.description = description
        let components = Self.components(of: description)
        for path in components {
            for anchor in ["$anchor", "$dynamicAnchor"] {
                description[path]?.visitMembers { key, value in
                    if key == anchor, let name = value.string { anchors[name] = path }
                }
            }
        }
        for path in components { targets[path] = description[path].map(targets(of:)) ?? [] }
        addSubtypes(of: components)
    }

    /// Components by their places: the members of the members of
    /// `components`, and of what Swagger 2.0 has in its place.
    static func components(of description: Value) -> [Path] {
        let sections =
            (description["components"]?.members ?? []).map { (Path(["components", $0.key]), $0.value) }
            + ["definitions", "parameters", "responses", "securityDefinitions"].compactMap { key in
                description[key].map { (Path([key]), $0) }
            }
        return sections.flatMap { section, value in
            section.steps.last?.hasPrefix("x-") == true ? [] : value.members.map { section / $0.key }
        }
    }

    /// The component that a place is in.
    static func component(at path: Path) -> Path? {
        switch path.steps.first {
        case "components": path.steps.count >= 3 ? Path(Array(path.steps.prefix(3))) : nil
        case "definitions", "parameters", "responses", "securityDefinitions":
            path.steps.count >= 2 ? Path(Array(path.steps.prefix(2))) : nil
        default: nil
        }
    }

    /// All components that values lead to.
    func reached(from values: [Value]) -> Set<Path> {
        var reached: Set<Path> = []
        var next = values.reduce(into: Set<Path>()) { $0.formUnion(targets(of: $1)) }
        while let path = next.popFirst() {
            guard reached.insert(path).inserted else { continue }
            next.formUnion((targets[path] ?? []).subtracting(reached))
        }
        return reached
    }

    /// The components that a value names itself.
    private func targets(of value: Value) -> Set<Path> {
        var targets: Set<Path> = []
        value.visitMembers { key, value in
            switch key {
            case "$ref", "$dynamicRef":
                if let name = value.string, let target = target(of: name) { targets.insert(target) }
            case "mapping":
                for name in value.members.compactMap(\.value.string) { if let target = schema(named: name) { targets.insert(target) } }
            case "security":
                for name in value.elements.flatMap({ $0.members.map(\.key) }) {
                    targets.insert(Path(["components", "securitySchemes", name]))
                    targets.insert(Path(["securityDefinitions", name]))
                }
            default: break
            }
        }
        return targets
    }

    private func target(of reference: String) -> Path? {
        if let path = Path(reference: reference) { return Self.component(at: path) }
        return reference.hasPrefix("#") ? anchors[String(reference.dropFirst())] : nil
    }

    /// A mapping may give a reference or the bare name of a component
    /// (OpenAPI 3.1, section 4.8.25).
    private func schema(named name: String) -> Path? {
        if let target = target(of: name) { return target }
        let path = Path(["components", "schemas", name])
        return description[path] == nil ? nil : path
    }

    private mutating func addSubtypes(of components: [Path]) {
        var parents: [Path: [Path]] = [:]
        for path in components {
            parents[path] = description[path]?["allOf"]?.elements.compactMap { $0["$ref"]?.string.flatMap(target(of:)) }
        }
        /// Whether a schema has a discriminator, its own or one it inherits.
        func isDiscriminated(_ path: Path, _ seen: Set<Path>) -> Bool {
            if description[path]?["discriminator"] != nil { return true }
            return (parents[path] ?? []).contains { !seen.contains($0) && isDiscriminated($0, seen.union([path])) }
        }
        for (path, parents) in parents {
            for parent in parents where isDiscriminated(parent, [path]) { targets[parent, default: []].insert(path) }
        }
    }
}

extension Value {
    /// Calls `visit` for every member of every object in the value. Examples
    /// and names of properties are visited too: what looks like a reference
    /// there is kept, which is safe.
    func visitMembers(_ visit: (String, Value) -> Void) {
        switch self {
        case .object(let members):
            for member in members {
                visit(member.key, member.value)
                member.value.visitMembers(visit)
            }
        case .array(let elements): for element in elements { element.visitMembers(visit) }
        default: break
        }
    }

    /// Every reference in the value, as it is written.
    var references: Set<String> {
        var references: Set<String> = []
        visitMembers { key, value in if key == "$ref", let text = value.string { references.insert(text) } }
        return references
    }
}
