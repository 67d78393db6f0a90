/// A text that two declarations share when they are the same but for their
/// names.
enum Signature {
    static func of(_ kind: Declaration.Kind) -> String {
        var text = ""
        switch kind {
        case .structure(let structure):
            text = "{"
            for property in structure.properties {
                text += "\(property.key):"
                text += of(property.type)
                text += "\(property.presence)\(property.initialValue ?? "")\(property.isReadOnly),"
            }
            if let additional = structure.additional { text += "*" + of(additional.type) }
            if let constraints = structure.constraints { text += constraints.expression { $0 } }
        case .enumeration(let enumeration):
            text = "(" + enumeration.rawType.rawValue
            for value in enumeration.cases { text += "|" + value.rawValue }
        case .union(let union):
            text = "<"
            for value in union.cases { text += value.name + ":" + of(value.type) + "," }
        case .outcomes(let cases):
            text = "!"
            for value in cases { text += value.name + ":" + of(value.type) + "," }
        case .headers(let fields):
            text = "^"
            for field in fields { text += field.key + ":" + of(field.type) + "," }
        case .servers(let choice):
            text = "@" + choice.servers.map { $0.name + $0.url }.joined(separator: ",")
        case .alias(let type):
            text = "=" + of(type)
        }
        return text
    }

    static func of(_ type: TypeReference) -> String {
        switch type {
        case .builtin(let builtin): builtin.rawValue
        case .external(let type): "\(type.name)."
        case .declared(let place): "#\(place)"
        case .optional(let type): of(type) + "?"
        case .nullable(let type): of(type) + "~"
        case .array(let type): "[" + of(type) + "]"
        case .dictionary(let type): "[:" + of(type) + "]"
        case .items(let type): "i" + of(type) + ";"
        case .events(let type): "e" + of(type) + ";"
        case .text(let type): "t" + of(type) + ";"
        }
    }
}
