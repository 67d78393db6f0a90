import Declarations
import Templating

extension ContextBuilder {
    /// What the method for all pages of an operation is rendered with; nil where there is one page.
    ///
    /// - Parameters:
    ///   - parameters: Those of the operation's own method.
    func pages(_ operation: OperationDeclaration, _ parameters: [TemplateContext], in scope: Scope) -> TemplateContext? {
        guard let pages = operation.pagination.declaration else { return nil }
        var context = base(in: scope)
        document(&context, ["The items of all pages of `\(operation.name)`, page by page."], isDeprecated: operation.isDeprecated)
        context.set(.name, Identifier.escaped(operation.name))
        context.set(.range, name(["pages", "pageRange", "range"], unusedBy: operation))
        context.set(.client, name(["client", "api", "caller"], unusedBy: operation))
        context.set(.parameters, parameters)
        context.set(.returnType, types.type(operation.success.type, in: scope))
        context.set(.itemType, types.type(pages.itemType, in: scope))
        context.set(.failureType, types.type(operation.failure.type, in: scope))
        let isPageOptional = operation.success.type != operation.success.type.withoutOptional
        context.set(.isOptional, isPageOptional && !pages.items.isEmpty)
        context.set(.hasDefault, isPageOptional || pages.items.contains { $0.isOptional })
        context.set(.steps, pages.items.enumerated().map { index, step in
            var entry = TemplateContext()
            entry.set(.name, Identifier.escaped(step.name))
            entry.set(.isNullable, step.isNullable)
            entry.set(.isOptional, step.isOptional && index < pages.items.count - 1)
            return entry
        })
        set(&context, pages)
        return context
    }

    /// A name that nothing has that the method takes.
    private func name(_ choices: [String], unusedBy operation: OperationDeclaration) -> String {
        let taken = Set(operation.parameters.map(\.localName) + [operation.body?.localName, operation.body?.mediaType?.localName, operation.serverChoice?.localName].compactMap(\.self))
        return choices.first { !taken.contains($0) } ?? choices[0] + "OfPages"
    }

    private func set(_ context: inout TemplateContext, _ pages: PaginationDeclaration) {
        var style = ""
        var parameter: TemplateContext?
        var next: TemplateContext?
        var firstPage = ""
        switch pages.style {
        case .cursor(let asking, let place):
            style = "cursor"
            parameter = entry(asking)
            next = entry(place, label: "next: ")
        case .url(.link): style = "link"
        case .url(let place):
            style = "nextURL"
            next = entry(place, label: "")
        case .page(let asking, let first):
            style = "page"
            parameter = entry(asking)
            firstPage = first == 1 ? "" : "\(first)"
        case .offset(let asking, let first):
            style = "offset"
            parameter = entry(asking)
            firstPage = first == 0 ? "" : "\(first)"
        }
        context.set(.style, style)
        context.set(.hasArguments, style != "link")
        context.set(.parameter, parameter)
        context.set(.next, next)
        context.set(.first, firstPage)
        context.set(.hasMore, style == "link" ? "" : pages.hasMore.map(quoted) ?? "")
        context.set(.isLast, style == "link" ? "" : pages.isLast.map(quoted) ?? "")
        context.set(.total, pages.total.map(quoted) ?? "")
        context.set(.totalPages, pages.totalPages.map(quoted) ?? "")
    }

    private func entry(_ parameter: PaginationDeclaration.Parameter) -> TemplateContext {
        switch parameter {
        case .query(let name): entry("", name, label: "")
        case .header(let name): entry("header", name, label: "")
        case .body(let pointer): entry("body", pointer, label: "")
        }
    }

    private func entry(_ place: PaginationDeclaration.Place, label: String) -> TemplateContext {
        switch place {
        case .body(let pointer): entry("", pointer, label: label)
        case .header(let name): entry("header", name, label: label)
        case .link: entry("", "", label: label)
        }
    }

    private func entry(_ place: String, _ key: String, label: String) -> TemplateContext {
        var entry = TemplateContext()
        entry.set(.place, place)
        entry.set(.key, quoted(key))
        entry.set(.label, label)
        return entry
    }
}
