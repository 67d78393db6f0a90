import Declarations

/// The names by which code that was written for an old interface finds in a new one
/// what is still described: what `rename` in `apus.yaml` has to say for it.
///
/// Things of the description are the same by what the description calls them: schemas
/// by their names, properties by those and their keys, tags by theirs, operations by
/// their IDs or else by their requests. A schema or an operation that the description
/// itself calls otherwise is the same where there is one alone that it can be.
public struct KeptNames: Hashable, Sendable {
    /// The part of `rename` that a name belongs to.
    public enum Section: String, CaseIterable, Sendable {
        case schemas, operations, properties, tags
    }

    /// One line.
    public struct Entry: Hashable, Sendable {
        public var section: Section
        /// What the new description calls it.
        public var key: String
        /// What it was called in Swift.
        public var name: String
    }

    /// In the order of the sections, then of the keys.
    public private(set) var entries: [Entry] = []

    /// Creates the names.
    public init(old: Module, new: Module) {
        let schemas = Self.schemas(old, new)
        add(.schemas, schemas.map { ($0.after.component ?? "", $0.before.name, $0.after.name) })
        add(.operations, Self.operations(old, new))
        add(.properties, schemas.flatMap(Self.properties))
        add(.tags, Self.groups(old).compactMap { tag, name in Self.groups(new)[tag].map { (tag, name, $0) } })
    }

    private mutating func add(_ section: Section, _ names: [(key: String, old: String, new: String)]) {
        var seen: Set<String> = []
        for name in names.sorted(by: { $0.key < $1.key }) where name.old != name.new && seen.insert(name.key).inserted {
            entries.append(Entry(section: section, key: name.key, name: name.old))
        }
    }

    // MARK: - What is the same

    private typealias Pair = (before: Declaration, after: Declaration)

    private static func schemas(_ old: Module, _ new: Module) -> [Pair] {
        let before = components(old)
        let after = components(new)
        let same = before.compactMap { name, declaration in after[name].map { (declaration, $0) } }
        // Called otherwise by the description itself.
        let gone = contents(before.filter { after[$0.key] == nil }.map(\.value), old)
        let come = contents(after.filter { before[$0.key] == nil }.map(\.value), new)
        let moved = gone.compactMap { content, declarations -> Pair? in
            guard declarations.count == 1, let others = come[content], others.count == 1 else { return nil }
            return (declarations[0], others[0])
        }
        return same + moved
    }

    private static func components(_ module: Module) -> [String: Declaration] {
        Dictionary(module.declarations.compactMap { declaration in declaration.component.map { ($0, declaration) } }) { first, _ in first }
    }

    /// Declarations by what they are, with the types in them by name.
    private static func contents(_ declarations: [Declaration], _ module: Module) -> [Declaration.Kind: [Declaration]] {
        let interface = InterfaceModule(module)
        return Dictionary(grouping: declarations) { declaration in
            declaration.kind.canonical.mapTypes { .external(ExternalType(name: interface.text($0), kinds: [])) }
        }
    }

    private static func properties(_ pair: Pair) -> [(key: String, old: String, new: String)] {
        guard case .structure(let before) = pair.before.kind, case .structure(let after) = pair.after.kind, let schema = pair.after.component
        else { return [] }
        let names = Dictionary(before.properties.map { ($0.key, $0.name) }) { first, _ in first }
        return after.properties.compactMap { property in names[property.key].map { ("\(schema).\(property.key)", $0, property.name) } }
    }

    private static func operations(_ old: Module, _ new: Module) -> [(key: String, old: String, new: String)] {
        func usual(_ module: Module) -> [OperationDeclaration] { module.operations.filter { !$0.isVariant } }
        let byIdentifier = Dictionary(usual(old).map { ($0.identifier, $0) }) { first, _ in first }
        let byRequest = Dictionary(usual(old).map { ("\($0.method) \($0.template)", $0) }) { first, _ in first }
        let identifiers = Set(usual(new).map(\.identifier))
        return usual(new).compactMap { operation in
            let other = byIdentifier[operation.identifier] ?? byRequest["\(operation.method) \(operation.template)"]
            // An ID that is still there is another operation's.
            guard let other, other.identifier == operation.identifier || !identifiers.contains(other.identifier) else { return nil }
            return (operation.identifier, other.name, operation.name)
        }
    }

    /// The names of groups by their tags.
    private static func groups(_ module: Module) -> [String: String] {
        Dictionary(
            module.operations.compactMap { operation in
                guard let group = operation.group, let tag = operation.tags.first else { return nil }
                return (tag, module.groups[group].name)
            }
        ) { first, _ in first }
    }
}
