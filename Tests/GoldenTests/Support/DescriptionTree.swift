import Declarations
import Lowering
import OpenAPI
import Source
import SpecSource
import SyntaxTree

/// A description to take members away from.
indirect enum DescriptionTree {
    case mapping([(key: String, value: DescriptionTree)])
    case sequence([DescriptionTree])
    case scalar(String)

    enum Step: Equatable {
        case key(String)
        case index(Int)

        var text: String {
            switch self {
            case .key(let key): key
            case .index(let index): "\(index)"
            }
        }
    }

    init(text: String) throws {
        self.init(try SourceReader.parse(Array(text.utf8), path: "test.yaml", diagnostics: Diagnostics()).root)
    }

    private init(_ node: Node) {
        switch node.kind {
        case .mapping: self = .mapping(node.members.map { ($0.key, DescriptionTree($0.value)) })
        case .sequence: self = .sequence(node.elements.map { DescriptionTree($0) })
        default: self = .scalar(node.json())
        }
    }

    var json: String {
        switch self {
        case .mapping(let members): "{" + members.map { "\(Self.quoted($0.key)):\($0.value.json)" }.joined(separator: ",") + "}"
        case .sequence(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
        case .scalar(let text): text
        }
    }

    /// The ways to all members and elements.
    var paths: [[Step]] {
        let parts: [(Step, DescriptionTree)] =
            switch self {
            case .mapping(let members): members.map { (.key($0.key), $0.value) }
            case .sequence(let elements): elements.enumerated().map { (.index($0), $1) }
            case .scalar: []
            }
        return parts.flatMap { step, part in [[step]] + part.paths.map { [step] + $0 } }
    }

    /// The member or element at the end of a way.
    func part(at path: ArraySlice<Step>) -> DescriptionTree? {
        guard let step = path.first else { return self }
        let next: DescriptionTree? =
            switch (self, step) {
            case (.mapping(let members), .key(let key)): members.first { $0.key == key }?.value
            case (.sequence(let elements), .index(let index)) where index < elements.count: elements[index]
            default: nil
            }
        return next?.part(at: path.dropFirst())
    }

    func removing(_ path: ArraySlice<Step>) -> DescriptionTree {
        guard let step = path.first else { return self }
        let rest = path.dropFirst()
        switch (self, step) {
        case (.mapping(let members), .key(let key)):
            return .mapping(
                members.compactMap { member in
                    guard member.key == key else { return member }
                    return rest.isEmpty ? nil : (key, member.value.removing(rest))
                })
        case (.sequence(let elements), .index(let index)):
            return .sequence(
                elements.enumerated().compactMap { position, element in
                    guard position == index else { return element }
                    return rest.isEmpty ? nil : element.removing(rest)
                })
        default: return self
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20: "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            default: "\(scalar)"
            }
        }
        return "\"\(escaped.joined())\""
    }

    /// Whether a member says nothing of values and requests: texts for people, and examples.
    static func isComment(_ step: Step) -> Bool {
        if case .key(let key) = step { comments.contains(key) } else { false }
    }

    private static let comments: Set<String> = [
        "title", "summary", "description", "example", "examples", "externalDocs", "$comment", "contact", "license", "termsOfService",
        "$schema", "jsonSchemaDialect", "bearerFormat", "links",
        // How XML is written. It is handed over as text.
        "xml",
    ]
}

/// What is generated from a description and what is reported, without places, which move.
struct Outcome: Equatable {
    var module: Module
    var messages: [String]

    init(of description: DescriptionTree) throws {
        let diagnostics = Diagnostics()
        let tree = try SourceReader.parse(Array(description.json.utf8), path: "test.json", diagnostics: diagnostics)
        let document = try Document.read(SourceSet(root: tree, diagnostics: diagnostics), diagnostics: diagnostics)
        var options = LoweringOptions()
        options.validation = .all
        module = Module(lowering: document, options: options, diagnostics: diagnostics)
        messages = diagnostics.all.map(\.message).sorted()
    }
}
