import SyntaxTree

/// A JSON value, for examples: what a description has, or what was made of its schemas.
public indirect enum Sample: Hashable, Sendable {
    case null
    case bool(Bool)
    /// As it is written in JSON.
    case number(String)
    case string(String)
    case array([Sample])
    /// Members in their order.
    case object([Member])

    public struct Member: Hashable, Sendable {
        public var name: String
        public var value: Sample

        /// Creates a member.
        public init(_ name: String, _ value: Sample) {
            self.name = name
            self.value = value
        }
    }

    /// A value of the description.
    public init(_ value: Value) {
        self.init(value.node)
    }

    /// A value of a JSON or YAML text.
    public init(_ node: Node) {
        switch node.kind {
        case .null: self = .null
        case .bool: self = .bool(node.bool ?? false)
        case .integer, .number: self = .number(Self.number(node))
        case .string: self = .string(node.text)
        case .sequence: self = .array(node.elements.map { Sample($0) })
        case .mapping: self = .object(node.members.map { Member($0.key, Sample($0.value)) })
        }
    }

    /// YAML has more ways to write numbers than JSON.
    private static func number(_ node: Node) -> String {
        let text = node.text
        var digits = text[...]
        if digits.first == "-" { digits = digits.dropFirst() }
        let isPlain =
            digits.first?.isASCII == true && digits.first?.isNumber == true && digits.last?.isNumber == true
            && (digits.first != "0" || digits.count == 1 || digits.dropFirst().first == ".")
            && digits.allSatisfy { $0.isNumber || ".eE+-".contains($0) } && digits.count { $0 == "." } <= 1
        if isPlain { return text }
        return node.int.map { "\($0)" } ?? node.double.flatMap { $0.isFinite ? "\($0)" : nil } ?? "0"
    }

    /// The value's JSON text, without white space.
    public var text: String {
        var output = ""
        append(to: &output)
        return output
    }

    /// The member of an object.
    public subscript(name: String) -> Sample? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    private func append(to output: inout String) {
        switch self {
        case .null: output += "null"
        case .bool(let flag): output += flag ? "true" : "false"
        case .number(let text): output += text
        case .string(let text): Self.append(text, to: &output)
        case .array(let elements):
            output += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { output += "," }
                element.append(to: &output)
            }
            output += "]"
        case .object(let members):
            output += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { output += "," }
                Self.append(member.name, to: &output)
                output += ":"
                member.value.append(to: &output)
            }
            output += "}"
        }
    }

    private static func append(_ text: String, to output: inout String) {
        output += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    output.unicodeScalars.append(scalar)
                }
            }
        }
        output += "\""
    }
}
