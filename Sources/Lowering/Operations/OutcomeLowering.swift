import OpenAPI
import SpecSource

/// Turns an operation's responses into what its method returns and throws.
final class OutcomeLowering {
    let types: TypeLowering
    let diagnostics: Diagnostics
    let operation: Operation
    let words: Words
    /// The `Accept` field, where it is not what the format implies.
    private(set) var accept: String?

    init(types: TypeLowering, diagnostics: Diagnostics, operation: Operation, words: Words) {
        self.types = types
        self.diagnostics = diagnostics
        self.operation = operation
        self.words = words
    }

    private typealias Format = OperationDeclaration.Success.Format

    private struct Outcome {
        var status: String
        var format: Format
        var type: TypeReference
        var media: String?
        var documentation: [String]
    }

    // MARK: - Success

    func success() -> OperationDeclaration.Success {
        var responses = operation.responses.filter { isSuccess($0.status) }
        if responses.isEmpty { responses = operation.responses.filter { $0.status == .default } }
        let outcomes = responses.map { outcome($0.response, $0.status, isFailure: false) }
        let bodies = outcomes.filter { $0.format != .empty }
        guard let first = bodies.first else {
            return .init(format: .empty, type: .builtin(.void), cases: [])
        }
        if first.format != .json || first.media != "application/json" { accept = first.media }
        if bodies.allSatisfy({ $0.type == first.type && $0.format == first.format }) {
            // Sometimes a body and sometimes none.
            let isOptional = bodies.count < outcomes.count && first.format == .json
            return .init(format: first.format, type: isOptional ? optional(first.type) : first.type, cases: [])
        }
        let (type, cases) = enumeration(outcomes, suffix: "result")
        return .init(format: .cases, type: type, cases: cases)
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
        guard let media = MediaChoice.response(response.content) else {
            return Outcome(status: text, format: .empty, type: .builtin(.void), documentation: documentation)
        }
        if !isFailure {
            for other in response.content where other.name != media.name && !MediaChoice.says(other, sameAs: media) {
                diagnostics.note(
                    "the response as `\(other.name)` is not asked for; `\(media.name)` is", at: other.location)
            }
        }
        let hint = hint(response, status, isFailure: isFailure)
        var format = Format.stream
        var type = TypeReference.builtin(.body)
        if MediaChoice.isJSON(media.name) {
            format = .json
            type = .builtin(.json)
            if let schema = media.schema {
                type = types.type(schema, hint)
                if types.resolved(type) == .builtin(.body) {
                    format = .stream
                    type = .builtin(.body)
                } else {
                    type = types.jsonType(types.shapes.isNullable(schema) && type != .builtin(.json) ? .optional(type) : type)
                }
            }
        } else if MediaChoice.isText(media.name) {
            format = .text
            type = .builtin(.string)
        }
        return Outcome(
            status: text, format: format, type: type, media: MediaChoice.essence(media.name),
            documentation: documentation)
    }

    private func hint(_ response: Response, _ status: StatusPattern, isFailure: Bool) -> Hint {
        let words = words
        if let name = response.componentName {
            return Hint(nil, Words(name) + Words(isFailure && !name.lowercased().hasSuffix("error") ? "error" : "response"))
        }
        if isFailure { return Hint(nil, Words(StatusName.of(status)) + Words("error"), prefix: words) }
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
                entries.append(.init(statuses: [], format: outcome.format, type: outcome.type, caseName: name))
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
        case .array(.declared(let place)):
            SwiftName.enumCase(types.declarations[place].name + "List")
        case .array: "list"
        case .dictionary: "dictionary"
        case .optional(let type), .nullable(let type):
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
