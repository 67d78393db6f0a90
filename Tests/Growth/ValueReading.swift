import SyntaxTree

extension Value {
    /// The value of a node, with YAML's aliases written out.
    public init(_ node: Node) {
        switch node.kind {
        case .null: self = .null
        case .bool: self = .bool(node.bool ?? false)
        case .integer, .number: self = Value(number: node)
        case .string: self = .string(node.text)
        case .sequence: self = .array(node.elements.map { Value($0) })
        case .mapping: self = .object(node.members.map { Member($0.key, Value($0.value)) })
        }
    }

    /// A number as JSON can write it: YAML's hexadecimal and infinite ones
    /// look otherwise.
    private init(number node: Node) {
        let text = node.text
        if Self.isJSONNumber(text) {
            self = .number(text)
        } else if let integer = node.int {
            self = .number(String(integer))
        } else if let double = node.double, double.isFinite {
            self = .number(String(double))
        } else {
            self = .string(text)
        }
    }

    /// RFC 8259, section 6.
    static func isJSONNumber(_ text: String) -> Bool {
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
    }
}
