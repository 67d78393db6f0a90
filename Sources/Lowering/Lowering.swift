import Declarations
import OpenAPI
import Source
import TextScanning

extension Module {
    /// Decides on the Swift names and declarations for a description.
    ///
    /// A row of values, each final when it leaves its step: the places of schemas,
    /// the plan of types, where each is declared, what it is called, and then the
    /// declarations, which a few passes complete.
    public init(lowering document: Document, options: LoweringOptions, diagnostics: Diagnostics) {
        let settings = SettingsUse(options: options, diagnostics: diagnostics)
        var security = SecurityLowering(document: document, diagnostics: diagnostics).lower()
        let methods = MethodNames(
            of: document.operations, members: security.schemes.map(\.name), settings: settings, diagnostics: diagnostics)
        let planner = TypePlanner(
            document: document, places: PlaceTable(of: document), settings: settings, validation: options.validation,
            diagnostics: diagnostics)
        let client = ClientOperations(planner: planner, methods: methods, validation: options.validation, diagnostics: diagnostics)
        let operations = client.methods(of: document)
        let payloads = PayloadBuilder(planner: planner).payloads(of: document)
        let webhooks = options.hasWebhookEvents
            ? WebhookBuilder(planner: planner, methods: methods, diagnostics: diagnostics).events(of: document, payloads: payloads) : []
        let plan = planner.finish()
        let placement = Placement(
            of: plan, used: plan.reachable(from: operations.flatMap(\.types) + payloads.map(\.type)), text: methods.text)
        let names = NameTable(
            plan: plan, placement: placement, methods: methods, schemes: security.oauthTypeNames,
            reserved: webhooks.isEmpty ? [] : [WebhookBuilder.typeName], settings: settings)
        security.nameOAuthTypes(names.schemeNames)
        var assembly = Assembly(plan: plan, placement: placement, names: names, operations: operations, webhooks: webhooks)
        AliasCycles.settle(&assembly.declarations, locations: assembly.locations, diagnostics)
        EndlessValues.settle(&assembly.declarations)
        Boxing.settle(&assembly.declarations)
        PaginationLowering(
            document: document, options: options.pagination, shapes: planner.shapes, declarations: assembly.declarations,
            diagnostics: diagnostics
        ).decide(&assembly.operations)
        var groups: [OperationGroup] = []
        if options.groupsByTag {
            var grouping = OperationGrouping(document: document, settings: settings, members: security.schemes.map(\.name))
            groups = grouping.group(&assembly.operations)
        }
        ErrorNames.name(&assembly.operations, namespace: options.namespace(ofTitle: document.info.title))
        settings.reportUnused()
        for (keyword, location) in document.unchecked {
            let message = "`\(keyword)` is not checked; values that only it forbids are accepted"
            // Without validation nothing is checked, and nobody asked for it.
            if options.validation == .none { diagnostics.note(.uncheckedKeyword, message, at: location) } else { diagnostics.warn(.uncheckedKeyword, message, at: location) }
        }
        self.init(
            namespace: options.namespace(ofTitle: document.info.title), accessLevel: options.accessLevel,
            validation: options.validation, conformances: options.conformances,
            title: Documentation.firstParagraph(document.info.title),
            version: Documentation.firstParagraph(document.info.version),
            description: Documentation.lines(document.info.description),
            declarations: assembly.declarations, operations: assembly.operations, tags: TagComments.comments(of: document),
            servers: ServerBuilder(diagnostics: diagnostics).choice(document.servers), security: security, groups: groups,
            imports: options.types.imports)
        readsTolerantly = options.readsTolerantly
        calls = options.calls
        if !webhooks.isEmpty { self.webhooks = WebhookEvents(typeName: WebhookBuilder.typeName, kinds: assembly.webhooks) }
    }
}
