import Declarations
import OpenAPI
import Source

/// Decides which operations answer with pages, once it is known what everything is
/// called: by what is said of the operation, by a convention, or by its structure.
final class PaginationLowering {
    let document: Document
    let options: PaginationOptions
    let shapes: ShapeFinder
    let declarations: [Declaration]
    let diagnostics: Diagnostics
    /// By what they are and what they are described by.
    private var pages: [Page: PageShape?] = [:]

    private struct Page: Hashable {
        var type: TypeReference
        var schema: ObjectIdentifier?
    }

    init(document: Document, options: PaginationOptions, shapes: ShapeFinder, declarations: [Declaration], diagnostics: Diagnostics) {
        self.document = document
        self.options = options
        self.shapes = shapes
        self.declarations = declarations
        self.diagnostics = diagnostics
    }

    /// - Parameter operations: In the order of the document's, each followed by those for other media types.
    func decide(_ operations: inout [OperationDeclaration]) {
        reportUnused()
        guard !options.isOff else { return }
        let places = operations.indices.filter { !operations[$0].isVariant }
        for (place, described) in zip(places, document.operations) {
            operations[place].pagination = decision(operations[place], described)
        }
    }

    private func decision(_ operation: OperationDeclaration, _ described: Operation) -> PaginationDecision {
        let successes = Self.successes(of: described)
        var statements = described.pagination
        // Mostly, nothing is said of any operation.
        if !options.exclude.isEmpty || !options.operations.isEmpty {
            let names = Self.names(of: described)
            if names.contains(where: { options.exclude[$0] != nil }) { return .undecided("it is excluded") }
            if let configured = names.lazy.compactMap({ self.options.operations[$0] }).first { statements.insert(configured, at: 0) }
        }
        guard let page = page(operation, successes) else {
            if let statement = statements.first, case .rule = statement.content {
                return misfit(statement, "its success is not one JSON value")
            }
            return .none
        }
        let check = PaginationRuleCheck(operation: operation, page: page, body: body(operation, described))
        if let statement = statements.first { return follow(statement, check) }
        var misfits: [String] = []
        for rule in options.conventions {
            do {
                return .paginated(try check.pages(rule, reason: "the convention fits"))
            } catch {
                misfits.append(error.reason)
            }
        }
        return inferred(operation, described, check, misfits, headers: Self.headers(of: successes))
    }

    private func follow(_ statement: PaginationStatement, _ check: PaginationRuleCheck) -> PaginationDecision {
        switch statement.content {
        case .off: return .undecided("`\(statement.source)` says that there is one page")
        case .unusable(let reason): return misfit(statement, reason)
        case .rule(let rule):
            do {
                return .paginated(try check.pages(rule, reason: "`\(statement.source)` says so"))
            } catch {
                return misfit(statement, error.reason)
            }
        }
    }

    private func misfit(_ statement: PaginationStatement, _ reason: String) -> PaginationDecision {
        diagnostics.warn(
            .unusablePagination, "`\(statement.source)` cannot be followed: \(reason); the operation has no pages", at: statement.location)
        return .undecided("`\(statement.source)` cannot be followed: \(reason)")
    }

    private func inferred(
        _ operation: OperationDeclaration, _ described: Operation, _ check: PaginationRuleCheck, _ misfits: [String], headers: [String]
    ) -> PaginationDecision {
        let inference = PageInference(
            operation: operation, described: described, page: check.page, body: check.body, headers: headers,
            isWide: options.inference == .wide)
        switch inference.conclusion() {
        case .nothing: return .none
        case .undecided(let reason): return .undecided((misfits + [reason]).joined(separator: "; "))
        case .rule(let rule, let reason):
            guard options.inference != .off else { return .undecided("\(reason), and `inference` is off") }
            do {
                return .paginated(try check.pages(rule, reason: reason))
            } catch {
                return .undecided((misfits + [error.reason]).joined(separator: "; "))
            }
        }
    }

    // MARK: - What there is

    /// What the operation's method returns, where that is read as JSON.
    private func page(_ operation: OperationDeclaration, _ successes: [(status: StatusPattern, response: Response)]) -> PageShape? {
        guard operation.success.format == .json else { return nil }
        let media = successes.lazy.compactMap { MediaChoice.response($0.response.content.sorted { $0.name < $1.name }) }.first
        return shape(operation.success.type, media?.schema)
    }

    /// What is sent as JSON, where nothing else can be.
    private func body(_ operation: OperationDeclaration, _ described: Operation) -> PageShape? {
        guard let body = operation.body, body.contents.count == 1, body.contents[0].encoding == .json else { return nil }
        let media = MediaChoice.request(described.requestBody?.content.sorted { $0.name < $1.name } ?? [])
        return shape(body.type, media?.schema)
    }

    private func shape(_ type: TypeReference, _ schema: Schema?) -> PageShape? {
        let schema = schema.map(shapes.target)
        let key = Page(type: type, schema: schema.map { ObjectIdentifier($0) })
        if let known = pages[key] { return known }
        let shape = PageShape(type, schema: schema, declarations: declarations, shapes: shapes)
        pages[key] = .some(shape)
        return shape
    }

    private static func successes(of operation: Operation) -> [(status: StatusPattern, response: Response)] {
        let responses = operation.responses.sorted { $0.status.rank < $1.status.rank }
        let successes = responses.filter { $0.status.isSuccess }
        return successes.isEmpty ? responses.filter { $0.status == .default } : successes
    }

    /// The fields of the responses that are successes.
    private static func headers(of successes: [(status: StatusPattern, response: Response)]) -> [String] {
        successes.flatMap { $0.response.headers.map { $0.name.lowercased() == "link" ? "link" : $0.name } }.sorted()
    }

    private static func names(of operation: Operation) -> [String] {
        [operation.operationID, "\(operation.method) \(operation.path)"].compactMap(\.self)
    }

    /// Warns of the settings that name no operation.
    private func reportUnused() {
        guard !options.operations.isEmpty || !options.exclude.isEmpty else { return }
        let known = Set(document.operations.flatMap(Self.names))
        let named = options.operations.map { ($0.key, $0.value.location) } + options.exclude.map { ($0.key, $0.value.location) }
        for (name, location) in named where !known.contains(name) {
            diagnostics.warn(.unusedSetting, "there is no operation `\(name)`; ignored", at: location)
        }
    }
}
