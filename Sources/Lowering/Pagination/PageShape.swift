import Declarations
import OpenAPI

/// What a page is made of: the members of its type and of the objects in it.
///
/// A class, as many operations answer with the same page: what it has is found out once.
final class PageShape {
    /// A member, and how one gets to it.
    struct Member {
        var keys: [String]
        var steps: [PaginationDeclaration.Step]
        /// The type of a value that is there, behind other names for it.
        var type: TypeReference
        var isRequired: Bool
        var documentation: [String]
        var schema: Schema?
        /// Those of its name.
        let words: PageWords

        init(
            keys: [String], steps: [PaginationDeclaration.Step], type: TypeReference, isRequired: Bool, documentation: [String], schema: Schema?
        ) {
            self.keys = keys
            self.steps = steps
            self.type = type
            self.isRequired = isRequired
            self.documentation = documentation
            self.schema = schema
            words = PageWords(keys.last ?? "")
        }

        var pointer: String {
            keys.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
        }

        /// As a reader of the description knows it.
        var name: String { keys.joined(separator: ".") }
    }

    private let declarations: [Declaration]
    fileprivate let shapes: ShapeFinder
    /// The page itself.
    let root: Member
    private lazy var ownMembers = readMembers(of: root)
    /// Members that say what comes next.
    private(set) lazy var nextValues = NextValues(page: self).all

    /// - Parameter schema: What the page is described by.
    init?(_ type: TypeReference, schema: Schema?, declarations: [Declaration], shapes: ShapeFinder) {
        let page = declarations.unaliased(type.withoutOptional)
        if case .optional = page { return nil }
        self.declarations = declarations
        self.shapes = shapes
        root = Member(keys: [], steps: [], type: page, isRequired: true, documentation: [], schema: schema)
    }

    /// The members of an object; none of anything else.
    func members(of parent: Member) -> [Member] {
        parent.keys.isEmpty ? ownMembers : readMembers(of: parent)
    }

    private func readMembers(of parent: Member) -> [Member] {
        guard case .declared(let index) = parent.type, case .structure(let structure) = declarations[index].kind else { return [] }
        let object = parent.schema.flatMap(shapes.object)
        return structure.properties.compactMap { member($0, of: parent, schema: object?.schema(of: $0.key)) }
    }

    private func member(_ property: Property, of parent: Member, schema: Schema?) -> Member? {
        var type = declarations.unaliased(property.valueType)
        var step = PaginationDeclaration.Step(name: property.name, isOptional: property.presence != .required, isNullable: false)
        switch property.presence {
        case .optionalNullable:
            step.isNullable = true
            type = declarations.unaliased(property.valueType.withoutOptional)
        case .required:
            if case .optional(let wrapped) = type {
                step.isOptional = true
                type = declarations.unaliased(wrapped)
            }
        case .requiredNullable, .optional, .requiredWhenSent:
            type = declarations.unaliased(property.valueType.withoutOptional)
        }
        // Another name for an optional type, within an optional one.
        switch type {
        case .optional, .nullable: return nil
        default: break
        }
        return Member(
            keys: parent.keys + [property.key], steps: parent.steps + [step], type: type,
            isRequired: parent.isRequired && property.presence == .required, documentation: property.documentation, schema: schema)
    }

    /// The member that a text leads to: names with dots between them, or a JSON
    /// Pointer. A name may have dots in it itself.
    func member(at text: String) -> Member? {
        if text.isEmpty { return root }
        if text.hasPrefix("/") {
            var found = root
            for step in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
                let key = String(step.replacing("~1", with: "/").replacing("~0", with: "~"))
                guard let next = members(of: found).first(where: { $0.keys.last == key }) else { return nil }
                found = next
            }
            return found
        }
        return member(at: text[...], in: root)
    }

    private func member(at text: Substring, in parent: Member) -> Member? {
        for member in members(of: parent) {
            guard let key = member.keys.last, text.hasPrefix(key) else { continue }
            if text.count == key.count { return member }
            let rest = text.dropFirst(key.count)
            if rest.first == ".", let found = self.member(at: rest.dropFirst(), in: member) { return found }
        }
        return nil
    }

    // MARK: - What members are

    func element(of member: Member) -> TypeReference? {
        if case .array(let element) = member.type { element } else { nil }
    }

    func isObject(_ type: TypeReference) -> Bool {
        guard case .declared(let index) = declarations.unaliased(type.withoutOptional) else { return false }
        switch declarations[index].kind {
        case .structure, .union: return true
        default: return false
        }
    }

    /// Whether it can be one text or number.
    func isScalar(_ type: TypeReference) -> Bool {
        switch declarations.unaliased(type) {
        case .builtin(let builtin): builtin != .body && builtin != .file && builtin != .bool
        case .external: true
        case .declared(let index):
            switch declarations[index].kind {
            case .enumeration: true
            // A text or a number, as a value may be both.
            case .union(let union): union.cases.allSatisfy { isScalar($0.type) }
            default: false
            }
        default: false
        }
    }

    func isBool(_ type: TypeReference) -> Bool { declarations.unaliased(type) == .builtin(.bool) }

    func isInteger(_ type: TypeReference) -> Bool {
        switch declarations.unaliased(type) {
        case .builtin(let builtin): builtin.isInteger || builtin == .double || builtin == .float
        case .external(let type): type.kinds.contains(.number)
        default: false
        }
    }

    /// What an empty type says nothing of.
    func isAny(_ type: TypeReference) -> Bool { declarations.unaliased(type) == .builtin(.json) }
}

extension PageShape {
    /// The `format` of a schema.
    func format(of schema: Schema) -> String? { schema.scalar.format ?? shapes.target(schema).scalar.format }

    /// What asks for the first page, as far as a schema says: 0 or 1 as its default or its minimum.
    func first(of schema: Schema) -> Int? {
        let target = shapes.target(schema)
        for value in [schema.annotations.defaultValue, target.annotations.defaultValue, schema.scalar.minimum, target.scalar.minimum] {
            if let number = value?.int, number == 0 || number == 1 { return number }
        }
        return nil
    }
}
