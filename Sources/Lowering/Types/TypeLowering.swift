import OpenAPI
import Source
import SpecSource
import TextScanning

/// What an inline schema would be called, and where it would stand.
struct Hint {
    /// The declaration it would be nested in.
    var parent: Int?
    /// Its name. A closure, because most schemas need none.
    var words: () -> Words
    /// For a type that several operations may share.
    var sharing: Sharing?

    /// How operations share a type.
    struct Sharing {
        /// What is put before the name where another type has it: the operation's name.
        var prefix: Words
        /// Whether a type of another name will do if it is built the same.
        var isByStructureAlone: Bool
    }

    init(_ parent: Int?, _ words: @escaping @autoclosure () -> Words, sharing: Sharing? = nil) {
        self.parent = parent
        self.words = words
        self.sharing = sharing
    }

    /// For the elements of an array.
    var element: Hint {
        Hint(parent, Self.element(words()), sharing: sharing)
    }

    /// A function, so that the words of an array of arrays of arrays are made
    /// once for each level and not twice.
    private static func element(_ words: Words) -> Words {
        words.singular ?? words + Words("item")
    }

    /// For the values of a dictionary.
    var value: Hint {
        Hint(parent, words() + Words("value"), sharing: sharing)
    }
}

/// Turns schemas into declarations, each schema once.
///
/// Component schemas get their places first, so that a reference needs no
/// descent. Inline schemas become types nested in the one that holds them.
final class TypeLowering {
    let document: Document
    let diagnostics: Diagnostics
    let settings: SettingsUse
    let shapes: ShapeFinder
    let validation: Validation
    /// Nil where nothing is checked.
    let constraints: ConstraintLowering?

    let discriminatorValues: DiscriminatorValues

    private(set) var declarations: [Declaration] = []
    /// The schema each declaration was made of.
    private(set) var schemas: [Int: Schema] = [:]
    private var references: [ObjectIdentifier: TypeReference] = [:]
    /// Component declarations whose turn has not come.
    private var pending: Set<Int> = []
    private var queue: [Int] = []
    private var topLevel = NameScope(reserved: SwiftName.reservedInNamespace)
    private var nested: [Int: NameScope] = [:]
    private var parents: [Int: Int] = [:]
    /// Declarations that are others now, see ``absorb(_:into:)``.
    private var absorbed: [Int: Int] = [:]
    /// Inline declarations by name and structure: each is made once.
    private var known: [String: Int] = [:]
    /// The types of parameters by place: the name each wishes for, and what it
    /// is called with its operation's name in front.
    private var shared: [Int: (wished: String, prefixed: String)] = [:]

    init(document: Document, settings: SettingsUse, validation: Validation, diagnostics: Diagnostics) {
        self.document = document
        self.settings = settings
        self.validation = validation
        self.diagnostics = diagnostics
        shapes = ShapeFinder(document: document, diagnostics: diagnostics)
        constraints = validation == .none ? nil : ConstraintLowering(shapes: shapes, diagnostics: diagnostics)
        discriminatorValues = DiscriminatorValues(document, shapes)
        let names = componentNames()
        for (entry, name) in zip(document.schemas, names) where references[ObjectIdentifier(entry.schema)] == nil {
            if let type = settings.setting(\.types.schemas, entry.name) {
                references[ObjectIdentifier(entry.schema)] = chosen(type, kinds(entry.schema, depth: 0))
            } else {
                place(entry.schema, named: name)
            }
        }
    }

    private func componentNames() -> [String] {
        let renamed = document.schemas.map { settings.setting(\.renames.schemas, $0.name) }
        let wished = document.schemas.indices.map { renamed[$0] ?? SwiftName.type(Words(document.schemas[$0].name)) }
        var names = wished
        // What the user decided comes first. A name that is Swift already is nobody else's.
        let order =
            wished.indices.filter { renamed[$0] != nil }
            + wished.indices.filter { renamed[$0] == nil && wished[$0] == document.schemas[$0].name }
            + wished.indices.filter { renamed[$0] == nil && wished[$0] != document.schemas[$0].name }
        for index in order {
            names[index] = topLevel.claim(wished[index], wished[index] + "Model")
            if names[index] != wished[index], renamed[index] != nil {
                settings.reportTaken(
                    wished[index], names[index], at: settings.location(\.renames.schemas, document.schemas[index].name))
            } else if names[index] != wished[index] {
                let (name, schema) = document.schemas[index]
                diagnostics.note(
                    "the schema `\(name)` is called `\(names[index])`, because `\(wished[index])` is taken",
                    at: schema.location)
            }
        }
        return names
    }

    /// Makes the declarations of everything referred to so far, and settles
    /// where each stands.
    func finish() {
        var next = 0
        while next < queue.count {
            process(queue[next])
            next += 1
        }
        settleSharedNames()
        let names = declarations.map(\.name)
        for place in declarations.indices {
            var path: [String] = []
            var current: Int? = place
            while var ancestor = current {
                while let other = absorbed[ancestor] { ancestor = other }
                path.insert(names[ancestor], at: 0)
                current = parents[ancestor]
            }
            declarations[place].path = path
        }
    }

    // MARK: - Uses

    /// The type a schema is used as, without the Optional of null.
    func type(_ schema: Schema, _ hint: Hint) -> TypeReference {
        let key = ObjectIdentifier(schema)
        if let known = references[key] { return known }
        if let reference = schema.reference, !shapes.hasShape(schema, besidesReference: true) {
            guard let target = document.schema(for: reference) else { return .builtin(.json) }
            if let known = references[ObjectIdentifier(target)] { return known }
            // A reference into the middle of something, or to another file.
            return place(target, named: topLevel.claim(SwiftName.type(Words(reference.name))))
        }
        let result = inlineType(schema, hint)
        references[key] = result
        return result
    }

    /// A scalar's type: the user's choice for its format, where there is one.
    private func scalarType(_ builtin: Builtin, _ schema: Schema) -> TypeReference {
        guard !settings.isEmpty(\.types.formats), let format = schema.format ?? shapes.target(schema).format,
            let type = settings.setting(\.types.formats, format)
        else { return .builtin(builtin) }
        return chosen(type, kinds(.builtin(builtin)))
    }

    /// A type that the user named: one that generated code knows, or any other.
    private func chosen(_ name: String, _ kinds: Set<Union.JSONKind>) -> TypeReference {
        if let builtin = Builtin(rawValue: name), ![.void, .never, .body, .file].contains(builtin) { return .builtin(builtin) }
        return .external(ExternalType(name: name, kinds: kinds))
    }

    /// The type of elements and members: with Optional where null is allowed.
    func elementType(_ schema: Schema?, _ hint: Hint) -> TypeReference {
        guard let schema else { return .builtin(.json) }
        let type = type(schema, hint)
        if type == .builtin(.json) { return type }
        return shapes.isNullable(schema) ? .optional(type) : type
    }

    /// A free name in the namespace.
    func claim(_ choices: [String]) -> String {
        topLevel.claim(choices)
    }

    /// Adds a declaration that comes from no schema, or finds its equal.
    func declare(named name: String, _ kind: Declaration.Kind, documentation: [String]) -> TypeReference {
        let signature = name + Signature.of(kind)
        if let twin = known[signature] { return .declared(twin) }
        declarations.append(
            Declaration(path: [claim([name, name + "Model"])], documentation: documentation, isDeprecated: false, kind: kind))
        known[signature] = declarations.count - 1
        return .declared(declarations.count - 1)
    }

    /// Declares a multipart form's struct.
    func declareForm(_ object: ObjectShape, _ schema: Schema, named name: String) -> TypeReference {
        let place = declarations.count
        declarations.append(
            Declaration(
                path: [claim([name, name + "Form"])], documentation: documentation(schema), isDeprecated: false,
                kind: .alias(.builtin(.json))))
        let form = structure(object, schema, at: place, isMultipart: true)
        declarations[place].kind = .structure(form)
        return .declared(place)
    }

    func update(_ place: Int, _ kind: Declaration.Kind) {
        declarations[place].kind = kind
    }

    /// What a type comes to behind other names for it.
    func resolved(_ type: TypeReference) -> TypeReference {
        var type = type
        var steps = 0
        var seen: Set<Int> = []
        while case .declared(let place) = type {
            if pending.contains(place) {
                guard active.count < ShapeFinder.maximumDepth else { break }
                process(place)
            }
            // Nearly every chain is short; only a long one may be a circle.
            steps += 1
            if steps > 8, !seen.insert(place).inserted { break }
            guard case .alias(let target) = declarations[place].kind, target != type else { break }
            // Under way: not known yet what it comes to.
            if active.contains(place) { break }
            type = target
        }
        return type
    }

    // MARK: - Declarations

    private var active: Set<Int> = []

    private func process(_ place: Int) {
        guard pending.remove(place) != nil, let schema = schemas[place] else { return }
        active.insert(place)
        let kind = kind(of: schema, at: place)
        active.remove(place)
        if case .alias(.declared(let child)) = kind, parents[child] == place {
            absorb(child, into: place)
            return
        }
        declarations[place].kind = kind
        guard case .alias = kind else { return }
        // An alias cannot hold other types; they stand beside it.
        for child in children(of: place) {
            let own = Words(declarations[child].name)
            let name = Words(declarations[place].name) + own.dropping { $0 == "Variant" || $0.hasPrefix("Variant") && Int($0.dropFirst(7)) != nil }
            parents[child] = nil
            declarations[child].path = [topLevel.claim(SwiftName.type(name), SwiftName.type(Words(declarations[place].name) + own))]
        }
    }

    /// A component that turns out to be nothing but its only variant is that
    /// variant. Whoever refers to the variant means the component.
    private func absorb(_ child: Int, into place: Int) {
        declarations[place].kind = declarations[child].kind
        if declarations[place].documentation.isEmpty {
            declarations[place].documentation = declarations[child].documentation
        }
        move(childrenOf: child, to: place)
        declarations[child].isRemoved = true
        absorbed[child] = place
    }

    @discardableResult
    private func place(_ schema: Schema, named name: String) -> TypeReference {
        let place = append(schema)
        declarations[place].path = [name]
        references[ObjectIdentifier(schema)] = .declared(place)
        pending.insert(place)
        queue.append(place)
        return .declared(place)
    }

    private func append(_ schema: Schema) -> Int {
        declarations.append(
            Declaration(
                path: [""], documentation: documentation(schema), isDeprecated: schema.isDeprecated,
                kind: .alias(.builtin(.json))))
        schemas[declarations.count - 1] = schema
        return declarations.count - 1
    }

    private func kind(of schema: Schema, at place: Int) -> Declaration.Kind {
        let name = declarations[place].name
        // An alias cannot hold other types: they stand beside it.
        lazy var hint = Hint(nil, Words(name))
        switch shapes.shape(schema) {
        case .same(let other):
            return .alias(type(other, hint.value))
        case .any:
            return .alias(.builtin(.json))
        case .scalar(let builtin):
            return .alias(jsonType(scalarType(builtin, schema)))
        case .array(let element):
            return .alias(.array(jsonType(elementType(element, hint.element))))
        case .tuple(let elements):
            return .alias(.array(jsonType(tupleElement(elements, hint.element))))
        case .text(let content):
            return .alias(.text(jsonType(elementType(content, hint.value))))
        case .dictionary(let value):
            return .alias(.dictionary(jsonType(elementType(value, hint.value))))
        case .enumeration(let values, let source):
            return .enumeration(enumeration(values, source))
        case .object(let object):
            return .structure(structure(object, schema, at: place))
        case .union(let members, let discriminator):
            return union(members, discriminator, at: place)
        }
    }

    private func inlineType(_ schema: Schema, _ hint: Hint) -> TypeReference {
        switch shapes.shape(schema) {
        case .same(let other): type(other, hint)
        case .any: .builtin(.json)
        case .scalar(let builtin): scalarType(builtin, schema)
        case .array(let element): .array(elementType(element, hint.element))
        case .tuple(let elements): .array(tupleElement(elements, hint.element))
        case .text(let content): .text(jsonType(elementType(content, hint)))
        case .dictionary(let value): .dictionary(elementType(value, hint.value))
        case .enumeration, .object, .union: declare(schema, hint)
        }
    }

    /// Declares an inline schema. One whose equal of the same name, or among
    /// shared types of any name, went before is that.
    private func declare(_ schema: Schema, _ hint: Hint) -> TypeReference {
        let words = hint.words()
        let wished = hint.parent == nil ? SwiftName.type(words) : SwiftName.nestedType(words)
        let place = append(schema)
        parents[place] = hint.parent
        // Before descending: the schema may be within itself.
        references[ObjectIdentifier(schema)] = .declared(place)
        active.insert(place)
        let kind = kind(of: schema, at: place)
        active.remove(place)
        if case .alias(let type) = kind {
            // What was to be a variant of it, and is all there is of it, takes its name and its place.
            let children = self.children(of: place)
            remove(place, inFavourOf: type)
            for child in children {
                let isSame = type == .declared(child)
                let wishedForChild = isSame ? wished : declarations[child].name
                settle(child, wishedForChild, isSame ? words : words + Words(declarations[child].name), hint)
            }
            return type
        }
        // What two parents are by themselves is not one type, even if it looks the same.
        let owner = schema.isBase ? "\(hint.parent ?? place)." : ""
        let signature = owner + (hint.sharing?.isByStructureAlone == true ? "" : wished) + Signature.of(kind)
        if let twin = known[signature], !isDeclared(twin, within: place) {
            if isBetterHome(hint, for: twin) {
                if let home = parents[twin] { nested[home]?.release(declarations[twin].name) }
                settle(twin, wished, words, hint)
            }
            move(childrenOf: place, to: twin)
            remove(place, inFavourOf: .declared(twin))
            return .declared(twin)
        }
        known[signature] = place
        declarations[place].kind = kind
        settle(place, wished, words, hint)
        return .declared(place)
    }

    /// Gives a declaration its name and its place.
    private func settle(_ place: Int, _ wished: String, _ words: Words, _ hint: Hint) {
        parents[place] = hint.parent
        let name: String
        if let parent = hint.parent {
            name = nested[parent, default: NameScope()].claim(wished, wished + "Value")
        } else if let sharing = hint.sharing {
            let prefixed = SwiftName.type(sharing.prefix + words)
            name = topLevel.claim(wished, prefixed)
            if !sharing.isByStructureAlone { shared[place] = (wished, prefixed) }
        } else {
            name = topLevel.claim(wished, wished + "Model")
        }
        declarations[place].path = [name]
    }

    /// A type that several hold stands in the outermost of them, and in a model
    /// rather than beside an operation.
    private func isBetterHome(_ hint: Hint, for twin: Int) -> Bool {
        guard let parent = hint.parent, parent != twin, !isDeclared(parent, within: twin) else { return false }
        if shared.removeValue(forKey: twin) != nil { return true }
        return depth(of: parent) + 1 < depth(of: twin)
    }

    /// How many types a declaration stands in.
    private func depth(of place: Int) -> Int {
        var depth = 0
        var current = place
        while let parent = parents[current] {
            depth += 1
            current = parent
        }
        return depth
    }

    /// A name that several types wish for is nobody's: `Sort` would mean that
    /// of whichever operation comes first.
    private func settleSharedNames() {
        let rivals = Dictionary(grouping: shared.keys.sorted()) { shared[$0]?.wished ?? "" }
        for place in shared.keys.sorted() {
            guard let (wished, prefixed) = shared[place], rivals[wished, default: []].count > 1,
                declarations[place].name == wished, !declarations[place].isRemoved
            else { continue }
            declarations[place].path = [topLevel.claim(prefixed)]
        }
    }

    private func children(of place: Int) -> [Int] {
        parents.filter { $0.value == place && !declarations[$0.key].isRemoved }.keys.sorted()
    }

    private func isDeclared(_ place: Int, within ancestor: Int) -> Bool {
        var current = parents[place]
        while let next = current, next != ancestor { current = parents[next] }
        return current == ancestor
    }

    /// A schema may be within two others at once, so that what is declared in
    /// the one is in use elsewhere when the one turns out to be superfluous.
    private func move(childrenOf place: Int, to twin: Int) {
        for child in children(of: place) {
            let name = declarations[child].name
            parents[child] = twin
            declarations[child].path = [nested[twin, default: NameScope()].claim(name, name + "Value")]
        }
    }

    /// A declaration may be in use by what it contains, so it stays as another
    /// name for what takes its place, which is not written.
    private func remove(_ place: Int, inFavourOf type: TypeReference) {
        schemas[place] = nil
        parents[place] = nil
        declarations[place].isRemoved = true
        declarations[place].kind = .alias(type == .declared(place) ? .builtin(.json) : type)
    }

    /// The type of a tuple's elements: one for all, or one of several.
    private func tupleElement(_ elements: [Schema], _ hint: Hint) -> TypeReference {
        let types = elements.map { elementType($0, hint) }
        if Set(types).count == 1 { return types[0] }
        return elementType(Schema(anyOf: elements), hint)
    }

    func documentation(_ schema: Schema) -> [String] {
        Documentation.lines(schema.description ?? schema.title)
    }
}
