import Declarations
import Lowering
import OpenAPI
import Source
import SpecSource
import SyntaxTree

/// `apus.yaml`: what the user decides beside the description.
public struct Configuration {
    /// The overlays to apply, in this order.
    public var overlays: [String] = []
    /// Which part of the description is wanted.
    public var selection = Selection()
    /// What `x-apus-oauth` would say, by the name of the security scheme.
    public var oauth: [String: OAuthExtensions] = [:]
    /// Where that is said.
    public var oauthLocations: [String: SourceLocation] = [:]
    /// How serious the diagnostics of a code are.
    public var diagnostics: [DiagnosticCode: Diagnostic.Setting] = [:]
    /// What the Swift side is like.
    public var lowering = LoweringOptions()

    public init() {}

    /// Reads the file. A key it does not know is an error: a misspelt setting
    /// must not be without effect.
    public init(path: String, diagnostics: Diagnostics) throws(SourceError) {
        let root = try SourceReader.read(path: path, diagnostics: diagnostics).root
        guard root.kind == .mapping else {
            throw SourceError(
                location: root.location, message: "a configuration is a mapping",
                hint: "for example `namespace: PetstoreAPI`")
        }
        let fields = try ConfigurationFields(
            root, "configuration",
            known: ["namespace", "accessLevel", "groupByTag", "validation", "conformances", "reading", "unknownMembers", "emptyPathParameters", "overlays", "include", "exclude", "rename", "types", "oauth", "pagination", "runtime", "diagnostics", "webhooks", "tests"])
        lowering.namespace = try fields.identifier("namespace", except: Self.impossibleNamespaces)
        if let level = try fields.choice("accessLevel", ["public", "package", "internal"]) {
            lowering.accessLevel = level
        }
        lowering.groupsByTag = try fields.flag("groupByTag")
        lowering.generatesTests = try fields.flag("tests")
        lowering.hasWebhookEvents = try fields.flag("webhooks")
        let validations = ["sent", "received", "all", "none"]
        if let name = try fields.choice("validation", validations) {
            lowering.validation = Validation(rawValue: name) ?? .none
        }
        lowering.conformances = Set(
            try fields.choices("conformances", Conformance.allCases.map(\.rawValue))
                .compactMap(Conformance.init(rawValue:)))
        let reading = try fields.choice("reading", ["strict", "tolerant"])
        lowering.readsTolerantly = reading == "tolerant"
        let unknownMembers = try fields.choice("unknownMembers", ["drop", "keep"])
        lowering.keepsUnknownMembers = unknownMembers == "keep"
        for entry in try fields.texts("emptyPathParameters") {
            lowering.emptyPathParameters[entry.text] = Configured(text: entry.text, location: entry.location)
        }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        overlays = try fields.texts("overlays").map { $0.text.hasPrefix("/") ? $0.text : folder + $0.text }
        selection.include = try Self.filter("include", fields)
        selection.exclude = try Self.filter("exclude", fields)
        lowering.renames = try Self.renames(fields)
        lowering.types = try Self.types(fields)
        lowering.pagination = try Self.pagination(root)
        (oauth, oauthLocations) = try Self.oauth(root)
        if let runtime = try RuntimeSettings(fields) {
            lowering.calls = runtime.calls
            lowering.idempotent = runtime.idempotent
            lowering.extensions = runtime.extensions
        }
        self.diagnostics = try fields.diagnosticSettings("diagnostics")
    }

    private static func oauth(
        _ root: Node
    ) throws(SourceError) -> ([String: OAuthExtensions], [String: SourceLocation]) {
        guard let node = root["oauth"] else { return ([:], [:]) }
        guard node.kind == .mapping else {
            throw SourceError(
                location: node.location, message: "`oauth` should be a mapping",
                hint: "from names of security schemes to what `x-apus-oauth` says")
        }
        var extensions: [String: OAuthExtensions] = [:]
        var locations: [String: SourceLocation] = [:]
        for (name, value) in node.members {
            var problem: (message: String, location: SourceLocation)?
            extensions[name] = OAuthExtensions(value) { problem = problem ?? ($0, $1) }
            if let problem { throw SourceError(location: problem.location, message: problem.message) }
            locations[name] = node.keyLocation(name) ?? value.location
        }
        return (extensions, locations)
    }

    /// What Swift takes for something else wherever a type is named, and the modules that
    /// generated code names.
    private static let impossibleNamespaces: Set = ["Any", "ApusOAuth", "ApusRuntime", "ApusWebhooks", "Foundation", "Protocol", "Self", "Swift", "Type"]

    private static func filter(_ key: String, _ fields: ConfigurationFields) throws(SourceError) -> Selection.Filter {
        var filter = Selection.Filter()
        guard let fields = try fields.fields(key, known: ["tags", "operations", "paths", "schemas"]) else { return filter }
        filter.tags = try entries("tags", fields)
        filter.operations = try entries("operations", fields)
        filter.paths = try entries("paths", fields)
        filter.schemas = try entries("schemas", fields)
        return filter
    }

    private static func entries(_ key: String, _ fields: ConfigurationFields) throws(SourceError) -> [Selection.Filter.Entry] {
        try fields.texts(key).map { Selection.Filter.Entry(text: $0.text, location: $0.location) }
    }

    private static func renames(_ fields: ConfigurationFields) throws(SourceError) -> Renames {
        var renames = Renames()
        guard let fields = try fields.fields("rename", known: ["schemas", "operations", "properties", "tags"]) else { return renames }
        renames.schemas = try fields.names("schemas")
        renames.operations = try fields.names("operations")
        renames.properties = try fields.names("properties")
        renames.tags = try fields.names("tags")
        return renames
    }

    private static func types(_ fields: ConfigurationFields) throws(SourceError) -> TypeOverrides {
        var types = TypeOverrides()
        guard let fields = try fields.fields("types", known: ["formats", "schemas", "imports"]) else { return types }
        types.formats = try fields.names("formats", areTypes: true)
        types.schemas = try fields.names("schemas", areTypes: true)
        types.imports = try fields.moduleNames("imports")
        return types
    }
}
