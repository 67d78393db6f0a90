import Declarations
import Templating
import TextScanning

/// Turns declarations into what templates are rendered with.
struct ContextBuilder: Sendable {
    let module: Module
    let types: TypePrinter
    let access: String

    init(_ module: Module) {
        self.module = module
        types = TypePrinter(module)
        // Internal is what Swift does anyway.
        access = module.accessLevel == "internal" ? "" : module.accessLevel + " "
    }

    /// A context with what every template may use in a scope.
    func base(in scope: Scope) -> TemplateContext {
        let types = types
        var context = TemplateContext { key in
            guard let key = Key(rawValue: key.number), let module = key.module else { return nil }
            return types.name(Key.names[Int(key.rawValue)], from: module, in: scope)
        }
        context.set(.access, access)
        context.set(.namespace, Identifier.typeName(module.namespace))
        return context
    }

    /// Sets a declaration's comment and its deprecation.
    func document(_ context: inout TemplateContext, _ lines: [String], isDeprecated: Bool = false) {
        context.set(.documentation, lines.map { $0.isEmpty ? "" : " " + Self.commentLine($0) })
        context.set(.isDeprecated, isDeprecated)
    }

    /// One line of a comment. Whatever the stage before let through, nothing in it
    /// ends the comment or hides what it says.
    static func commentLine(_ text: String) -> String {
        if PlainASCII.isPrintableLine(text) { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    let isSeparator = scalar == "\u{2028}" || scalar == "\u{2029}"
                    return isControl || isSeparator || scalar.properties.isBidiControl ? " " : scalar
                }))
    }

    /// `\"…\"` in Swift.
    func quoted(_ text: String) -> String {
        SwiftLiteral.string(text)
    }

    /// A value of the description in Swift.
    func literal(_ literal: Literal, in scope: Scope = .namespace) -> String {
        switch literal {
        case .string(let text): quoted(text)
        case .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .enumCase(let name): "." + name
        case .array(let elements): "[" + elements.map { self.literal($0, in: scope) }.joined(separator: ", ") + "]"
        case .emptyDictionary: "[:]"
        case .null: "nil"
        case .described(let text): "\(types.name("JSON", from: "ApusRuntime", in: scope)).described(\(quoted(text)))"
        case .unionCase(let name, let value): ".\(name)(\(self.literal(value, in: scope)))"
        }
    }
}
