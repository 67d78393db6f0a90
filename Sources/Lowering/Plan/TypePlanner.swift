import Declarations
import OpenAPI
import Source

/// Decides which schemas become types, each schema once, and finds those that
/// are equal.
///
/// Component schemas get their indices first, so that a reference needs no
/// descent. Builders say what each type is, and ask for the types in it.
final class TypePlanner {
    let document: Document
    let diagnostics: Diagnostics
    let settings: SettingsUse
    let shapes: ShapeFinder
    let places: PlaceTable
    /// Nil where nothing is checked.
    let constraints: ConstraintBuilder?
    let discriminatorValues: DiscriminatorValues
    /// Nil where no tests are generated.
    var examples: ExampleBuilder?

    private(set) var types: [PlannedType] = []
    private(set) var variantNames: [ObjectIdentifier: String] = [:]
    private var components: [ObjectIdentifier: TypeReference] = [:]
    private var known: [Key: TypeReference] = [:]
    /// Types whose turn has not come, and those being built.
    private var pending: Set<Int> = []
    private var active: Set<Int> = []
    private var queue: [Int] = []
    /// The first type of each content.
    private var twins: [Content: Int] = [:]

    /// A schema that stands at several places is another type at each.
    private struct Key: Hashable {
        var schema: ObjectIdentifier
        var place: ObjectIdentifier?
    }

    /// What equal types have in common: what they are, and what they are called.
    private struct Content: Hashable {
        var kind: Declaration.Kind
        var name: String
    }

    init(document: Document, places: PlaceTable, settings: SettingsUse, validation: Validation, diagnostics: Diagnostics) {
        self.document = document
        self.places = places
        self.settings = settings
        self.diagnostics = diagnostics
        shapes = ShapeFinder(document: document, diagnostics: diagnostics)
        constraints = validation == .none ? nil : ConstraintBuilder(shapes: shapes, diagnostics: diagnostics)
        discriminatorValues = DiscriminatorValues(document, shapes)
        for entry in document.schemas.sorted(by: { $0.name < $1.name }) where components[ObjectIdentifier(entry.schema)] == nil {
            if let name = settings.setting(\.types.schemas, entry.name) {
                components[ObjectIdentifier(entry.schema)] = chosen(name, JSONKinds(planner: self).kinds(entry.schema))
            } else {
                addComponent(entry.schema, at: places.root(.component(entry.name)))
            }
        }
    }

    /// Builds everything referred to so far.
    func finish() -> TypePlan {
        var next = 0
        while next < queue.count {
            build(queue[next])
            next += 1
        }
        var plan = TypePlan(types: types, variantNames: variantNames)
        ComponentAbsorption.apply(to: &plan)
        return plan
    }

    // MARK: - Uses

    /// The type a schema has in JSON, without the Optional of null.
    ///
    /// - Parameter place: Where it is used, for a schema that stands nowhere alone.
    func type(_ schema: Schema, at place: Place) -> TypeReference {
        if let component = components[ObjectIdentifier(schema)] { return component }
        let own = places.place(of: schema)
        let key = Key(schema: ObjectIdentifier(schema), place: own == nil ? ObjectIdentifier(place) : nil)
        if let known = known[key] { return known }
        if let reference = schema.reference, !shapes.hasShape(schema, besidesReference: true) {
            guard let target = document.schema(for: reference) else { return .builtin(.json) }
            if let component = components[ObjectIdentifier(target)] { return component }
            // A reference into the middle of something.
            if let place = places.place(of: target) { return type(target, at: place) }
            return addComponent(target, at: places.root(.component(reference.name)))
        }
        let result = inlineType(schema, key, at: own ?? place)
        known[key] = result
        return result
    }

    /// The type of elements and members: with Optional where null is allowed.
    func elementType(_ schema: Schema?, at place: @autoclosure () -> Place) -> TypeReference {
        guard let schema else { return .builtin(.json) }
        let type = type(schema, at: place())
        if type == .builtin(.json) { return type }
        return shapes.isNullable(schema) ? type.asOptional : type
    }

    /// A type that comes from no schema.
    func declare(_ kind: Declaration.Kind, at place: Place, documentation: [String]) -> TypeReference {
        let index = add(nil, at: place, documentation: documentation)
        types[index].kind = kind
        findTwin(of: index)
        return .declared(index)
    }

    /// A multipart form's struct.
    func declareForm(_ object: ObjectShape, _ schema: Schema, at place: Place, adding encoding: (inout Structure) -> Void) -> TypeReference {
        let index = add(nil, at: place, documentation: documentation(schema))
        var form = StructBuilder(planner: self).structure(object, schema, at: place, isMultipart: true)
        encoding(&form)
        types[index].kind = .structure(form)
        findTwin(of: index)
        return .declared(index)
    }

    /// What a type comes to behind other names for it.
    func resolved(_ type: TypeReference) -> TypeReference {
        var type = type
        var steps = 0
        var seen: Set<Int> = []
        while case .declared(let index) = type {
            if pending.contains(index) {
                guard active.count < ShapeFinder.maximumDepth else { break }
                build(index)
            }
            // Nearly every chain is short; only a long one may be a cycle.
            steps += 1
            if steps > 8, !seen.insert(index).inserted { break }
            if let replacement = types[index].replacement { type = replacement; continue }
            guard case .alias(let target) = types[index].kind, target != type else { break }
            // Under way: not known yet what it comes to.
            if active.contains(index) { break }
            type = target
        }
        return type
    }

    /// Whether two types are one, or equal ones at different places.
    func isSame(_ type: TypeReference, _ other: TypeReference) -> Bool {
        type == other || canonical(resolved(type)) == canonical(resolved(other))
    }

    /// The enumeration that a type is; nil for any other.
    func enumeration(_ type: TypeReference) -> Enumeration? {
        guard case .declared(let index) = resolved(type), case .enumeration(let enumeration) = types[index].kind else { return nil }
        return enumeration
    }

    /// The name of a union's member that has none of its own.
    func nameVariant(at place: Place, _ name: String) {
        variantNames[ObjectIdentifier(place)] = name
    }

    func documentation(_ schema: Schema) -> [String] {
        Documentation.lines(schema.annotations.description ?? schema.annotations.title)
    }

    // MARK: - Types

    @discardableResult
    private func addComponent(_ schema: Schema, at place: Place) -> TypeReference {
        let index = add(schema, at: place, documentation: documentation(schema))
        components[ObjectIdentifier(schema)] = .declared(index)
        pending.insert(index)
        queue.append(index)
        return .declared(index)
    }

    private func add(_ schema: Schema?, at place: Place, documentation: [String]) -> Int {
        types.append(PlannedType(at: place, schema: schema, documentation: documentation, index: types.count))
        return types.count - 1
    }

    private func build(_ index: Int) {
        guard pending.remove(index) != nil, let schema = types[index].schema else { return }
        active.insert(index)
        types[index].kind = kind(of: schema, at: types[index].place)
        active.remove(index)
    }

    private func kind(of schema: Schema, at place: Place) -> Declaration.Kind {
        switch shapes.shape(schema) {
        case .enumeration(let values, let source): .enumeration(EnumBuilder(diagnostics: diagnostics).enumeration(values, source))
        case .object(let object): .structure(StructBuilder(planner: self).structure(object, schema, at: place))
        case .union(let members, let discriminator): UnionBuilder(planner: self).union(members, discriminator, of: schema, at: place)
        case let shape: .alias(plainType(shape, schema, at: place))
        }
    }

    private func inlineType(_ schema: Schema, _ key: Key, at place: Place) -> TypeReference {
        switch shapes.shape(schema) {
        case .enumeration, .object, .union: inlineDeclaration(schema, key, at: place)
        case let shape: plainType(shape, schema, at: place)
        }
    }

    /// The type of a schema that needs no declaration.
    private func plainType(_ shape: Shape, _ schema: Schema, at place: Place) -> TypeReference {
        switch shape {
        case .same(let other): type(other, at: place)
        case .scalar(let builtin): scalarType(builtin, schema)
        case .array(let element): .array(elementType(element, at: places.child(place, .item)))
        case .tuple(let elements): .array(tupleElement(elements, at: places.child(place, .item)))
        case .text(let content): .text(elementType(content, at: place))
        case .dictionary(let value): .dictionary(elementType(value, at: places.child(place, .value)))
        case .any, .enumeration, .object, .union: .builtin(.json)
        }
    }

    private func inlineDeclaration(_ schema: Schema, _ key: Key, at place: Place) -> TypeReference {
        let index = add(schema, at: place, documentation: documentation(schema))
        // Before descending: the schema may be within itself.
        known[key] = .declared(index)
        active.insert(index)
        let kind = kind(of: schema, at: place)
        active.remove(index)
        if case .alias(let type) = kind {
            // A union of one member is that member; one of nothing but itself is anything.
            let replacement = types.settled(type).declaration == index ? .builtin(.json) : type
            types[index].replacement = replacement
            return replacement
        }
        types[index].kind = kind
        findTwin(of: index)
        return .declared(index)
    }

    /// The type of a tuple's elements: one for all, or one of several.
    private func tupleElement(_ elements: [Schema], at place: Place) -> TypeReference {
        let types = elements.enumerated().map { elementType($1, at: places.child(place, .variant($0))) }
        if Set(types).count == 1 { return types[0] }
        return elementType(Schema(anyOf: elements), at: place)
    }

    // MARK: - Scalars

    /// A scalar's type: the user's choice for its format, where there is one. Raw
    /// bytes have no place in JSON: what is described so is a string.
    private func scalarType(_ builtin: Builtin, _ schema: Schema) -> TypeReference {
        let builtin = builtin == .body ? .string : builtin
        guard !settings.isEmpty(\.types.formats), let format = schema.scalar.format ?? shapes.target(schema).scalar.format,
            let type = settings.setting(\.types.formats, "\(Self.jsonType(builtin))/\(format)")
                ?? settings.setting(\.types.formats, format)
        else { return .builtin(builtin) }
        return chosen(type, JSONKinds.kinds(builtin))
    }

    /// The word for a scalar's type in JSON Schema.
    private static func jsonType(_ builtin: Builtin) -> String {
        switch builtin {
        case .bool: "boolean"
        case .double, .float, .decimal: "number"
        case _ where builtin.isInteger: "integer"
        default: "string"
        }
    }

    /// A type that the user named: one that generated code knows, or any other.
    private func chosen(_ name: String, _ kinds: Set<JSONKind>) -> TypeReference {
        if let builtin = Builtin(rawValue: name), ![.void, .never, .body, .file, .form].contains(builtin) { return .builtin(builtin) }
        return .external(ExternalType(name: name, kinds: kinds))
    }

    // MARK: - Equal types

    /// Finds the first type that is equal: of the same content and the same name.
    /// Components are not compared: each is a type of its own.
    private func findTwin(of index: Int) {
        // What two schemas with subtypes are by themselves is not one type.
        if types[index].place.step == .base { return }
        if case .alias = types[index].kind { return }
        let kind = types[index].kind.canonical.mapTypes(canonical)
        let content = Content(kind: kind, name: PlaceWords(variantNames: variantNames).ownName(of: types[index].place))
        if let twin = twins[content] {
            types[index].twin = twin
        } else {
            twins[content] = index
        }
    }

    /// The type with the first of its equals in it.
    private func canonical(_ type: TypeReference) -> TypeReference {
        types.settled(type).mapInnermost { innermost in
            if case .declared(let other) = innermost { .declared(types[other].twin) } else { innermost }
        }
    }
}
