import Declarations
import OpenAPI

/// What a schema comes to, once its references and compositions are seen
/// through. It knows nothing of Swift names.
enum Shape {
    /// The same as another schema; nothing of its own.
    case same(Schema)
    case object(ObjectShape)
    case dictionary(Schema?)
    case array(Schema?)
    /// A string with the JSON text of a value.
    case text(Schema)
    case tuple([Schema])
    case enumeration([Value], Schema)
    case union([Schema], discriminator: Schema.Discriminator?)
    case scalar(Builtin)
    case any

    var isAny: Bool {
        if case .any = self { true } else { false }
    }
}

/// Schemas that lead to each other. Nearly every chain is short; only a long one
/// may be a cycle, and only then is it worth remembering where one has been.
struct SchemaChain {
    private var length = 0
    private var seen: Set<ObjectIdentifier> = []

    /// Whether `schema` is new, as far as anybody looked.
    mutating func add(_ schema: Schema) -> Bool {
        length += 1
        return length <= 8 || seen.insert(ObjectIdentifier(schema)).inserted
    }
}
