import OpenAPI
import Source
import SpecSource
import TextScanning

/// Turns an operation's responses into what its method returns and throws.
final class OutcomeLowering {
    let types: TypeLowering
    let diagnostics: Diagnostics
    let operation: Operation
    let words: Words
    /// The media type to take where a response has it.
    let preferred: String?
    /// The `Accept` field, where it is not what the format implies.
    private(set) var accept: String?

    init(types: TypeLowering, diagnostics: Diagnostics, operation: Operation, words: Words, preferring preferred: String? = nil) {
        self.types = types
        self.diagnostics = diagnostics
        self.operation = operation
        self.words = words
        self.preferred = preferred
    }

    private typealias Format = OperationDeclaration.Success.Format

    private struct Outcome {
        var status: String
        var format: Format
        var type: TypeReference
        var media: String?
        var documentation: [String]
        var constraints: Constraints?
    }

    // MARK: - Success

    /// The media types of the successes that are worth a method of their own.
    func otherMediaTypes() -> [String] {
        var seen: Set<String> = []
        return successes.flatMap { MediaChoice.otherResponses($0.response.content) }.filter { seen.insert($0).inserted }
    }

    private func noteOtherMediaTypes() {
        for (_, response) in successes {
            guard let usual = MediaChoice.response(response.content) else { continue }
            let others = MediaChoice.otherResponses(response.content)
            for media in response.content
            where media.name != usual.name && !others.contains(MediaChoice.essence(media.name)) && !MediaChoice.says(media, sameAs: usual) {
                diagnostics.note("the response as `\(media.name)` is not asked for; `\(usual.name)` is", at: media.location)
            }
        }
    }

    private var successes: [(status: StatusPattern, response: Response)] {
        let responses = operation.responses.filter { isSuccess($0.status) }
        return responses.isEmpty ? operation.responses.filter { $0.status == .default } : responses
    }

    func success() -> OperationDeclaration.Success {
        if preferred == nil { noteOtherMediaTypes() }
        let outcomes = successes.map { outcome($0.response, $0.status, isFailure: false) }
        let bodies = outcomes.filter { $0.format != .empty }
        guard let first = bodies.first else { return undescribed() }
        let implied = first.format == .items && first.media == "text/event-stream" || first.format == .json && first.media == "application/json"
        if !implied { accept = first.media }
        if bodies.allSatisfy({ $0.type == first.type && $0.format == first.format }) {
            // Sometimes a body and sometimes none.
            let isOptional = bodies.count < outcomes.count && first.format == .json
            return .init(format: first.format, type: isOptional ? optional(first.type) : first.type, cases: [], constraints: first.constraints)
        }
        let (type, cases) = enumeration(outcomes, suffix: "result")
        return .init(format: .cases, type: type, cases: cases)
    }

    /// A success that says nothing of its content. The content is what a GET is
    /// for, so that one's is handed over as it comes.
    private func undescribed() -> OperationDeclaration.Success {
        let isRetrieval = ["GET", "QUERY"].contains(operation.method)
        let isEmpty = !successes.isEmpty && successes.allSatisfy { [.code(204), .code(205)].contains($0.status) }
        guard isRetrieval, !isEmpty else { return .init(format: .empty, type: .builtin(.void), cases: []) }
        diagnostics.note("no content is described for a success; it is returned as bytes", at: operation.location)
        accept = "*/*"
        return .init(format: .stream, type: .builtin(.body), cases: [], isDiscardable: true)
    }

    private func optional(_ type: TypeReference) -> TypeReference {
        if case .optional = type { type } else { .optional(type) }
    }

    private func isSuccess(_ status: StatusPattern) -> Bool {
        switch status {
        case .code(let code): (200...299).contains(code)
        case .range(let first): first == 2
        case .default: false
        }
    }

    // MARK: - Failure

    func failure() -> OperationDeclaration.Failure {
        let hasSuccess = operation.responses.contains { isSuccess($0.status) }
        let responses = operation.responses.filter { status, _ in
            switch status {
            case .code(let code): code >= 400
            case .range(let first): first >= 4
            case .default: hasSuccess
            }
        }
        let outcomes = responses.map { outcome($0.response, $0.status, isFailure: true) }
            .filter { $0.format == .json || $0.format == .text }
        guard let first = outcomes.first else { return .init(type: .builtin(.never), cases: []) }
        if outcomes.allSatisfy({ $0.type == first.type && $0.format == first.format }) {
            return .init(
                type: first.type,
                cases: [
                    .init(statuses: outcomes.map(\.status), format: first.format, type: first.type, caseName: nil)
                ])
        }
        let (type, cases) = enumeration(outcomes, suffix: "failure")
        return .init(type: type, cases: cases)
    }

    // MARK: - Both

    private func outcome(_ response: Response, _ status: StatusPattern, isFailure: Bool) -> Outcome {
        let text = text(status)
        let documentation = Documentation.lines(Documentation.firstParagraph(response.description))
        guard let media = MediaChoice.response(response.content, preferring: preferred) else {
            return Outcome(status: text, format: .empty, type: .builtin(.void), documentation: documentation)
        }
        let hint = hint(response, status, isFailure: isFailure)
        var format = Format.stream
        var type = TypeReference.builtin(.body)
        if MediaChoice.isJSON(media.name) {
            format = .json
            type = .builtin(.json)
            if let schema = media.schema {
                type = types.type(schema, hint)
                if types.isBytes(schema, type) {
                    format = .stream
                    type = .builtin(.body)
                } else {
                    type = types.jsonType(types.shapes.isNullable(schema) && type != .builtin(.json) ? .optional(type) : type)
                }
            }
        } else if !isFailure, MediaChoice.isStream(media.name) {
            format = .items
            type = items(media, hint)
        } else if MediaChoice.isText(media.name) {
            format = .text
            type = .builtin(.string)
        }
        return Outcome(
            status: text, format: format, type: type, media: MediaChoice.essence(media.name),
            documentation: documentation,
            constraints: format == .json && !isFailure ? types.receivedConstraints(media.schema) : nil)
    }

    /// A stream of what `itemSchema` says, or `schema`, which before OpenAPI
    /// 3.2 meant one item or the list of all.
    private func items(_ media: MediaType, _ hint: Hint) -> TypeReference {
        var schema = media.itemSchema ?? media.schema
        if let whole = schema, media.itemSchema == nil, case .array(let element) = types.shapes.shape(types.shapes.target(whole)) {
            schema = element
        }
        guard MediaChoice.isEvents(media.name) else {
            return .items(types.jsonType(types.elementType(schema, hint.element)))
        }
        // An item schema of an event describes its fields; `data` is the content.
        if let item = media.itemSchema, let data = types.shapes.object(item)?.schema(of: "data") {
            guard let content = types.shapes.target(data).contentSchema else { return .events(.builtin(.string)) }
            schema = content
        }
        guard let schema else { return .events(.builtin(.string)) }
        return .events(types.jsonType(types.elementType(schema, hint.element)))
    }

    private func hint(_ response: Response, _ status: StatusPattern, isFailure: Bool) -> Hint {
        let words = words
        if let name = response.componentName {
            return Hint(nil, Words(name) + Words(isFailure && !name.lowercased().hasSuffix("error") ? "error" : "response"))
        }
        if isFailure { return Hint(nil, Words(StatusName.of(status)) + Words("error"), sharing: .init(prefix: words, isByStructureAlone: true)) }
        let isOnly = operation.responses.filter { isSuccess($0.status) }.count <= 1
        return Hint(nil, isOnly ? words + Words("response") : words + Words(StatusName.of(status)) + Words("response"))
    }

    private func text(_ status: StatusPattern) -> String {
        switch status {
        case .code(let code): "\(code)"
        case .range(let first): "\(first)00...\(first)99"
        case .default: ".default"
        }
    }

    /// An enum with a case for each type. One that only holds components is
    /// named after them, so that operations share it.
    private func enumeration(
        _ outcomes: [Outcome], suffix: String
    ) -> (TypeReference, [OperationDeclaration.OutcomeCase]) {
        var cases: [Union.Case] = []
        var entries: [OperationDeclaration.OutcomeCase] = []
        var scope = NameScope()
        var names: [Key: String] = [:]
        for outcome in outcomes {
            let key = Key(type: outcome.type, format: outcome.format)
            let name = names[key] ?? scope.claim(caseName(outcome))
            if names.updateValue(name, forKey: key) == nil {
                cases.append(Union.Case(name: name, type: outcome.type, documentation: []))
                entries.append(
                    .init(
                        statuses: [], format: outcome.format, type: outcome.type, caseName: name,
                        constraints: outcome.constraints))
            }
            if let index = entries.firstIndex(where: { $0.caseName == name }) {
                entries[index].statuses.append(outcome.status)
            }
        }
        // In one order, so that operations that list them differently share.
        let isShared = cases.count <= 3 && cases.allSatisfy { sharedName($0.type) != nil }
        if isShared { cases.sort { $0.name < $1.name } }
        let name =
            isShared
            ? cases.compactMap { sharedName($0.type) }.joined(separator: "Or")
            : SwiftName.type(words + Words(suffix))
        let type = types.declare(named: name, .outcomes(cases), documentation: [])
        return (type, entries)
    }

    private struct Key: Hashable {
        var type: TypeReference
        var format: Format
    }

    private func caseName(_ outcome: Outcome) -> String {
        switch outcome.type {
        case .declared(let place): SwiftName.enumCase(types.declarations[place].name)
        case .builtin(.void): "empty"
        case .builtin(.json): "json"
        case .builtin(.body): "body"
        case .builtin(let builtin): SwiftName.member(builtin.rawValue)
        case .external(let type): SwiftName.member(type.name)
        case .array(.declared(let place)):
            SwiftName.enumCase(types.declarations[place].name + "List")
        case .array: "list"
        case .dictionary: "dictionary"
        case .items, .events: "items"
        case .optional(let type), .nullable(let type), .text(let type):
            caseName(Outcome(status: "", format: outcome.format, type: type, documentation: []))
        }
    }

    private func sharedName(_ type: TypeReference) -> String? {
        guard case .declared(let place) = type, let schema = types.schemas[place],
            types.document.schemas.contains(where: { $0.schema === schema })
        else { return nil }
        return types.declarations[place].name
    }
}
