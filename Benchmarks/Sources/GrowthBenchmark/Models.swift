import ApusRuntime

// Types as the generator writes them.

/// Four types that only a trial tells apart.
indirect enum Chain: JSONUnion {
    case number(Link<Int>)
    case flag(Link<Bool>)
    case text(Link<String>)
    case numbers(Link<[Int]>)
    case unknown(JSONValue)

    init(from value: inout ValueReader) {
        switch value.bestMatch(Link<Int>.self, Link<Bool>.self, Link<String>.self, Link<[Int]>.self) {
        case 0: self = .number(value.read())
        case 1: self = .flag(value.read())
        case 2: self = .text(value.read())
        case 3: self = .numbers(value.read())
        default: self = .unknown(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {
        switch self {
        case .number(let content): value.write(content)
        case .flag(let content): value.write(content)
        case .text(let content): value.write(content)
        case .numbers(let content): value.write(content)
        case .unknown(let content): value.write(content)
        }
    }
}

struct Link<Value: JSONCoding & Codable>: JSONCodable {
    var value: Value
    var next: Chain?
    var list: [Chain]?
    var mixed: Mixed?

    init(from object: inout ObjectReader) {
        value = object.required("value")
        next = object.optional("next")
        list = object.optional("list")
        mixed = object.optional("mixed")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("value", value)
        object.optional("next", next)
        object.optional("list", list)
        object.optional("mixed", mixed)
    }
}

/// Told apart by kind first.
indirect enum Mixed: JSONUnion {
    case number(Int)
    case list([Mixed])
    case chain(Chain)
    case unknown(JSONValue)

    init(from value: inout ValueReader) {
        switch value.kind {
        case .number: self = .number(value.read())
        case .array: self = .list(value.read())
        case .object: self = .chain(value.read())
        default: self = .unknown(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {
        switch self {
        case .number(let content): value.write(content)
        case .list(let content): value.write(content)
        case .chain(let content): value.write(content)
        case .unknown(let content): value.write(content)
        }
    }
}

enum Color: OpenEnum {
    case red
    case acute
    case unknown(String)

    static let allCases: [Self] = [.red, .acute]
    var rawValue: String {
        switch self {
        case .red: "red"
        case .acute: "\u{E9}"
        case .unknown(let rawValue): rawValue
        }
    }
}

struct Patterned: JSONCodable {
    var text: String

    static let constraints = JSONConstraints(properties: ["text": JSONConstraints(pattern: "^(a+)+$")])

    init(from object: inout ObjectReader) {
        text = object.required("text")
        object.check(Self.constraints)
    }

    func encode(to object: inout ObjectWriter) { object.required("text", text) }
}

struct Late: JSONCodable {
    var first: Int?
    @Indirect var next: Late?

    init(from object: inout ObjectReader) {
        first = object.optional("first")
        next = object.optional("next")
    }

    func encode(to object: inout ObjectWriter) {
        object.optional("first", first)
        object.optional("next", next)
    }
}

/// Told apart by a discriminator.
indirect enum Tagged: JSONUnion {
    case node(TaggedNode)
    case unknown(JSONValue)

    init(from value: inout ValueReader) {
        switch value.text(at: "kind") {
        case "node": self = .node(value.read())
        default: self = .unknown(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {
        switch self {
        case .node(let content): value.write(content)
        case .unknown(let content): value.write(content)
        }
    }
}

struct TaggedNode: JSONCodable {
    var kind: String
    var next: Tagged?

    init(from object: inout ObjectReader) {
        kind = object.required("kind")
        next = object.optional("next")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("kind", kind)
        object.optional("next", next)
    }
}
