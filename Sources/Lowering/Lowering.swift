import OpenAPI
import Source
import SpecSource
import TextScanning

extension Module {
    /// Decides on the Swift names and declarations for a description.
    public init(lowering document: Document, options: LoweringOptions, diagnostics: Diagnostics) {
        var security = SecurityLowering(document: document, diagnostics: diagnostics).lower()
        let settings = SettingsUse(options: options, diagnostics: diagnostics)
        let types = TypeLowering(
            document: document, settings: settings, validation: options.validation, diagnostics: diagnostics)
        // A schema may be called as a scheme is, and has the name then.
        for index in security.schemes.indices {
            guard case .oauth2 = security.schemes[index].kind else { continue }
            let wished = security.schemes[index].typeName
            security.schemes[index].typeName = types.claim([wished, wished + "Scheme"])
        }
        let methods = OperationLowering(
            types: types, settings: settings, diagnostics: diagnostics, members: security.schemes.map(\.name))
        var operations = methods.lower(document.operations)
        PayloadLowering(types: types).lower(document)
        types.finish()
        ModuleFinisher(types: types, diagnostics: diagnostics).finish(sent: methods.sent)
        var groups: [OperationGroup] = []
        if options.groupsByTag {
            var grouping = OperationGrouping(document: document, settings: settings, members: security.schemes.map(\.name))
            groups = grouping.group(&operations)
        }
        settings.reportUnused()
        self.init(
            namespace: Self.namespace(document, options), accessLevel: options.accessLevel,
            validation: options.validation,
            title: Documentation.firstParagraph(document.info.title),
            version: Documentation.firstParagraph(document.info.version),
            description: Documentation.lines(document.info.description),
            declarations: types.declarations, operations: operations, tags: Self.tags(document),
            servers: ServerLowering(diagnostics: diagnostics).lower(document.servers), security: security, groups: groups,
            imports: options.types.imports)
    }

    /// A tag's place among its like, and what is said of it.
    private static func tags(_ document: Document) -> [String: [String]] {
        let byName = Dictionary(document.tags.map { ($0.name, $0) }) { first, _ in first }
        return byName.mapValues { tag in
            var path = [tag.summary ?? tag.name]
            var seen: Set<String> = [tag.name]
            var parent = tag.parent
            while let name = parent, seen.insert(name).inserted {
                path.insert(byName[name]?.summary ?? name, at: 0)
                parent = byName[name]?.parent
            }
            // The name alone is the file's already.
            let title = path.count > 1 || tag.summary != nil ? path.map(Documentation.firstParagraph).joined(separator: " / ") : ""
            let lines = Documentation.lines(tag.description)
            return (title.isEmpty ? [] : [title]) + (title.isEmpty || lines.isEmpty ? [] : [""]) + lines
        }
    }

    /// `Reference`, `The Reference API` and `100 Reference APIs` are all about the same thing.
    private static func namespace(_ document: Document, _ options: LoweringOptions) -> String {
        if let namespace = options.namespace { return namespace }
        let words = Words(headline(document.info.title)).dropping { $0.lowercased() == "the" || Int($0) != nil }
        guard !words.isEmpty else { return "API" }
        return SwiftName.type(words.contains("api") || words.contains("apis") ? words : words + Words("API"))
    }

    /// `Listen API: Podcast Search, Directory, and Insights` is the Listen API.
    private static func headline(_ title: String) -> String {
        let ends = [": ", " - ", " – ", " — ", " | ", " ("].compactMap { title.firstRange(of: $0)?.lowerBound }
        guard let end = ends.min() else { return title }
        let head = String(title[..<end])
        let general: Set<String> = ["the", "api", "apis", "rest", "restful", "http", "web", "public", "open", "openapi"]
        return Words(head).isAbout(anythingBut: general) ? head : title
    }
}
