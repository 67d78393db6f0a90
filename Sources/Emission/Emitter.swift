import Declarations
import Templating
import TextScanning

/// One file of generated code.
public struct GeneratedFile: Sendable {
    /// The path below the output folder.
    public var path: String
    public var content: [UInt8]

    /// Creates a file.
    public init(path: String, content: [UInt8]) {
        self.path = path
        self.content = content
    }
}

/// How declarations are spread over files.
public enum FileLayout: Sendable {
    /// A file for each model and each tag, for reading.
    case byName
    /// A fixed number of files whose names are known before the description
    /// is read: what a build tool plugin has to promise.
    case shards(stem: String, count: Int)

    /// Where files are put below the output folder.
    static let folders = ["", "Models/", "Operations/"]

    /// The files of ``shards(stem:count:)``. The number comes first: the
    /// compiler shares out neighbors among its processes, and a model costs it
    /// more than an operation.
    public static func shardNames(stem: String, count: Int) -> [String] {
        ["\(stem).Client.swift"] + (1...max(1, count)).flatMap { ["\(stem).\($0).Models.swift", "\(stem).\($0).Operations.swift"] }
    }
}

/// Writes a module as Swift.
public struct Emitter: Sendable {
    private let renderer: Renderer
    private let toolVersion: String

    /// How many bytes a line may have before its lists get a line for each element.
    private static let lineWidth = 100

    /// - Parameter overrides: Templates that take the place of the tool's own,
    ///   by name without extension.
    public init(toolVersion: String, overrides: [String: String] = [:]) throws(TemplateError) {
        self.toolVersion = toolVersion
        var templates: [String: Template] = [:]
        for (name, text) in EmbeddedTemplates.all {
            templates[name] = try TemplateParser.parse(overrides[name] ?? text, name: name, keys: Key.byName)
        }
        for name in overrides.keys.sorted() where templates[name] == nil {
            throw TemplateError(template: name, line: 1, message: "there is no template of this name to override")
        }
        renderer = Renderer(templates: templates)
    }

    /// The tool's own templates.
    public static var templates: [(name: String, text: String)] {
        EmbeddedTemplates.all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The files of a module.
    ///
    /// - Parameter source: What the module was made from, for the files' first
    ///   line.
    public func emit(_ module: Module, source: String, layout: FileLayout) -> [GeneratedFile] {
        let builder = ContextBuilder(module)
        return groups(module, layout).concurrentMap { group in
            var body: [UInt8] = []
            render(group, module, builder, into: &body)
            ListLayout.apply(to: &body, width: Self.lineWidth)
            let header = header(module, group, source: source, imports: Imports(of: group.types(module)))
            return GeneratedFile(path: group.path, content: body.isEmpty ? header : header + [UInt8(ascii: "\n")] + body)
        }
    }

    // MARK: - Files

    private struct Group: Sendable {
        var path: String
        var isClient = false
        var declarations: [Int] = []
        var operations: [Int] = []
        /// The tag that all of the operations have.
        var tag: String?

        /// The types that the file names.
        func types(_ module: Module) -> [TypeReference] {
            declarations.flatMap { module.declarations[$0].kind.types } + operations.flatMap { module.operations[$0].types }
        }
    }

    private func groups(_ module: Module, _ layout: FileLayout) -> [Group] {
        var groups: [Group] = []
        var places: [String: Int] = [:]
        // The compiler wants file names to differ within a module, wherever the files are.
        var fileNames: Set<String> = []
        func unusedName(_ path: String) -> String {
            var candidate = path
            var number = 2
            while !fileNames.insert(candidate.split(separator: "/").last.map { $0.lowercased() } ?? "").inserted {
                candidate = "\(path.dropLast(".swift".count))\(number).swift"
                number += 1
            }
            return candidate
        }
        func group(_ path: String) -> Int {
            // Two names that differ in case alone would be one file on some disks.
            let key = path.lowercased()
            if let place = places[key] { return place }
            groups.append(Group(path: unusedName(path)))
            places[key] = groups.count - 1
            return groups.count - 1
        }
        let names: (client: String, model: (String) -> String, operation: (OperationDeclaration) -> String)
        switch layout {
        case .byName:
            names = (
                "\(FileName.safe(module.namespace)).swift", { "Models/\(FileName.safe($0)).swift" },
                { "Operations/Client+\(FileName.safe($0.tag.isEmpty ? "Untagged" : $0.tag)).swift" }
            )
        case .shards(let stem, let count):
            for name in FileLayout.shardNames(stem: stem, count: count) { _ = group(name) }
            names = (
                "\(stem).Client.swift", { "\(stem).\(StableHash.shard($0, of: count)).Models.swift" },
                { operation in
                    let group = operation.group.map { module.groups[$0].name + "." } ?? ""
                    return "\(stem).\(StableHash.shard(group + operation.name, of: count)).Operations.swift"
                }
            )
        }
        groups[group(names.client)].isClient = true
        for (place, declaration) in module.declarations.enumerated() {
            if case .byName = layout, let operation = declaration.operation {
                // Beside the method, for reading.
                groups[group(names.operation(module.operations[operation]))].declarations.append(place)
                continue
            }
            let isOfClient = declaration.path[0] == "Client" && declaration.path.count > 1
            groups[group(names.model(declaration.path[isOfClient ? 1 : 0]))].declarations.append(place)
        }
        for place in module.operations.indices.sorted(by: { Self.comesFirst(module.operations[$0], module.operations[$1]) }) {
            let operation = module.operations[place]
            let index = group(names.operation(operation))
            groups[index].operations.append(place)
            if case .byName = layout { groups[index].tag = operation.tag }
        }
        return groups
    }

    /// Operations are in the order of their paths, whatever that of the description is.
    private static func comesFirst(_ left: OperationDeclaration, _ right: OperationDeclaration) -> Bool {
        if left.template != right.template { return left.template < right.template }
        return left.method != right.method ? left.method < right.method : left.name < right.name
    }

    private func header(_ module: Module, _ group: Group, source: String, imports: Imports) -> [UInt8] {
        var context = TemplateContext()
        context.set(.toolVersion, toolVersion)
        context.set(.source, ContextBuilder.commentLine(source))
        context.set(.usesOAuth, group.isClient && module.security.usesOAuth)
        context.set(.usesWebhooks, group.isClient && module.webhooks != nil)
        context.set(.usesFoundation, imports.includeFoundation)
        context.set(.imports, imports.includeOthers ? module.imports : [])
        var result: [UInt8] = []
        renderer.render("file", context, into: &result)
        return result
    }

    // MARK: - Rendering

    private func render(_ group: Group, _ module: Module, _ builder: ContextBuilder, into output: inout [UInt8]) {
        if group.isClient {
            renderer.render("client", builder.client(), into: &output)
        }
        // Types of one scope share an extension.
        let byScope = Dictionary(grouping: group.declarations) { module.declarations[$0].path.dropLast().joined(separator: ".") }
        let scopes = byScope.keys.sorted { left, right in
            let first = (byScope[left]?.first ?? 0, byScope[right]?.first ?? 0)
            return left.isEmpty != right.isEmpty ? left.isEmpty : first.0 < first.1
        }
        for scope in scopes {
            let name = [Identifier.typeName(module.namespace)] + scope.split(separator: ".").map { Identifier.escaped(String($0)) }
            appendExtension(name.joined(separator: "."), into: &output) { output in
                var previous: Declaration?
                for place in byScope[scope] ?? [] {
                    let declaration = module.declarations[place]
                    if let previous, !(isPlainAlias(previous) && isPlainAlias(declaration)) { output.append(UInt8(ascii: "\n")) }
                    previous = declaration
                    let (template, context) = builder.declaration(declaration)
                    renderer.render(template, context, into: &output)
                }
            }
        }
        let byGroup = Dictionary(grouping: group.operations) { module.operations[$0].group ?? -1 }
        let comment = group.tag.flatMap { module.tags[$0] } ?? []
        for place in byGroup.keys.sorted() {
            let suffix = place < 0 ? "" : "." + Identifier.escaped(module.groups[place].typeName)
            let type = "\(Identifier.typeName(module.namespace)).Client\(suffix)"
            render(byGroup[place] ?? [], of: type, comment: comment, module, builder, into: &output)
        }
    }

    private func render(
        _ operations: [Int], of type: String, comment: [String], _ module: Module, _ builder: ContextBuilder,
        into output: inout [UInt8]
    ) {
        appendExtension(type, comment: comment, into: &output) { output in
            for (index, place) in operations.enumerated() {
                if index > 0 { output.append(UInt8(ascii: "\n")) }
                renderer.render("operation", builder.operation(module.operations[place]), into: &output)
            }
        }
        appendExtension("\(type).Errors", into: &output) { output in
            for place in operations where !module.operations[place].isVariant {
                renderer.render("error", builder.error(of: module.operations[place]), into: &output)
            }
        }
    }

    /// Other names for types stand together, where nothing is to be said of them.
    private func isPlainAlias(_ declaration: Declaration) -> Bool {
        guard case .alias = declaration.kind else { return false }
        return declaration.documentation.isEmpty && !declaration.isDeprecated
    }

    private func appendExtension(
        _ name: String, comment: [String] = [], into output: inout [UInt8], _ body: (inout [UInt8]) -> Void
    ) {
        if !output.isEmpty { output.append(UInt8(ascii: "\n")) }
        for line in comment { output += (line.isEmpty ? "///\n" : "/// \(line)\n").utf8 }
        output += "extension \(name) {\n".utf8
        var inner: [UInt8] = []
        body(&inner)
        Indentation.append(inner, to: &output, by: "    ")
        output += "}\n".utf8
    }
}
