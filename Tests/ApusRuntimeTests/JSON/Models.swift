import Foundation

@testable import ApusRuntime

// Types as the generator writes them.

struct User: JSONCodable, Equatable {
    var id: Int
    var name: String
    var email: String?
    var status: Status
    var createdAt: Date
    var tags: [String]
    var manager: Nullable<Person>?

    init(
        id: Int, name: String, email: String? = nil, status: Status = .active, createdAt: Date = Date(timeIntervalSince1970: 0),
        tags: [String] = [], manager: Nullable<Person>? = nil
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.status = status
        self.createdAt = createdAt
        self.tags = tags
        self.manager = manager
    }

    init(from object: inout ObjectReader) {
        id = object.required("id")
        name = object.required("name")
        email = object.optional("email")
        status = object.required("status")
        createdAt = object.required("created_at")
        tags = object.required("tags")
        manager = object.nullable("manager")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("id", id)
        object.required("name", name)
        object.optional("email", email)
        object.required("status", status)
        object.required("created_at", createdAt)
        object.required("tags", tags)
        object.nullable("manager", manager)
    }
}

enum Status: OpenEnum {
    case active
    case retired
    case unknown(String)

    static let allCases: [Self] = [.active, .retired]

    var rawValue: String {
        switch self {
        case .active: "active"
        case .retired: "retired"
        case .unknown(let rawValue): rawValue
        }
    }
}

enum Priority: OpenEnum {
    case low
    case high
    case unknown(Int)

    static let allCases: [Self] = [.low, .high]

    var rawValue: Int {
        switch self {
        case .low: 1
        case .high: 2
        case .unknown(let rawValue): rawValue
        }
    }
}

struct Person: JSONCodable, Hashable {
    var first: String
    var last: String?

    init(first: String, last: String? = nil) {
        self.first = first
        self.last = last
    }

    init(from object: inout ObjectReader) {
        first = object.required("first")
        last = object.optional("last")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("first", first)
        object.optional("last", last)
    }
}

/// Three optional integers with similar names.
struct Triple: JSONCodable, Hashable {
    var a: Int?
    var b: Int?
    var c: Int?

    init(_ a: Int? = nil, _ b: Int? = nil, _ c: Int? = nil) {
        self.a = a
        self.b = b
        self.c = c
    }

    init(from object: inout ObjectReader) {
        a = object.optional("a")
        b = object.optional("b")
        c = object.optional("c")
    }

    func encode(to object: inout ObjectWriter) {
        object.optional("a", a)
        object.optional("b", b)
        object.optional("c", c)
    }
}

/// One property, and whatever else there is.
struct Labeled: JSONCodable, Hashable {
    var id: Int
    var labels: [String: String]

    init(id: Int, labels: [String: String] = [:]) {
        self.id = id
        self.labels = labels
    }

    init(from object: inout ObjectReader) {
        id = object.required("id")
        labels = object.additional()
    }

    func encode(to object: inout ObjectWriter) {
        object.required("id", id)
        object.additional(labels)
    }
}

struct Node: JSONCodable, Hashable {
    var value: Int
    @Indirect var next: Node?
    var children: [Node]?

    init(value: Int, next: Node? = nil, children: [Node]? = nil) {
        self.value = value
        self.next = next
        self.children = children
    }

    init(from object: inout ObjectReader) {
        value = object.required("value")
        next = object.optional("next")
        children = object.optional("children")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("value", value)
        object.optional("next", next)
        object.optional("children", children)
    }
}

struct Cat: JSONCodable, Hashable {
    var lives: Int

    init(lives: Int) { self.lives = lives }

    init(from object: inout ObjectReader) {
        let _: JSONValue? = object.optional("kind")
        lives = object.required("lives")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("kind", "cat")
        object.required("lives", lives)
    }
}

struct Dog: JSONCodable, Hashable {
    var name: String
    var owner: Person?

    init(name: String, owner: Person? = nil) {
        self.name = name
        self.owner = owner
    }

    init(from object: inout ObjectReader) {
        let _: JSONValue? = object.optional("kind")
        name = object.required("name")
        owner = object.optional("owner")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("kind", "dog")
        object.required("name", name)
        object.optional("owner", owner)
    }
}

/// Told apart by a discriminator.
enum Pet: JSONUnion, Hashable {
    case cat(Cat)
    case dog(Dog)
    case unknown(JSONValue)

    init(from value: inout ValueReader) {
        switch value.text(at: "kind") {
        case "cat": self = .cat(value.read())
        case "dog": self = .dog(value.read())
        default: self = .unknown(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {
        switch self {
        case .cat(let content): value.write(content)
        case .dog(let content): value.write(content)
        case .unknown(let content): value.write(content)
        }
    }
}

/// Told apart by what fits best.
enum Match: JSONUnion, Hashable {
    case person(Person)
    case dog(Dog)
    case triple(Triple)
    case matches([Match])
    case text(String)
    case unknown(JSONValue)

    init(from value: inout ValueReader) {
        switch value.kind {
        case .string: self = .text(value.read())
        case .array: self = .matches(value.read())
        case .object:
            let scores = [value.score(of: Person.self), value.score(of: Dog.self), value.score(of: Triple.self)]
            let best = scores.compactMap(\.self).max()
            switch scores.firstIndex(of: best) {
            case _ where best == nil: self = .unknown(value.read())
            case 0: self = .person(value.read())
            case 1: self = .dog(value.read())
            default: self = .triple(value.read())
            }
        case .number, .bool, .null:
            self = .unknown(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {
        switch self {
        case .person(let content): value.write(content)
        case .dog(let content): value.write(content)
        case .triple(let content): value.write(content)
        case .matches(let content): value.write(content)
        case .text(let content): value.write(content)
        case .unknown(let content): value.write(content)
        }
    }
}

// MARK: Shorthands

func decode<T: JSONCoding>(_ type: T.Type = T.self, _ text: String) throws(JSONError) -> T {
    try JSON.decode(type, from: Array(text.utf8))
}

func encode(_ value: some JSONCoding) throws(JSONError) -> String {
    String(decoding: try JSON.encode(value), as: UTF8.self)
}

/// The error of reading `text`, which must fail.
func fault<T: JSONCoding>(_ type: T.Type, _ text: String) -> JSONError? {
    do throws(JSONError) {
        _ = try decode(type, text)
        return nil
    } catch {
        return error
    }
}
