import Declarations
import OpenAPI
import TextScanning

/// What the cases of a choice of responses are called: after their types.
struct OutcomeNames {
    let planner: TypePlanner

    func name(of type: TypeReference, _ status: StatusPattern) -> String {
        switch type {
        case .declared(let index): declaredName(index, status)
        case .builtin(.void): "empty"
        case .builtin(.json): "json"
        case .builtin(.body): "body"
        case .builtin(let builtin): SwiftName.member(builtin.rawValue)
        case .external(let type): SwiftName.member(type.name)
        case .array(.declared(let index)): declaredName(index, status) + "List"
        case .array: "list"
        case .dictionary: "dictionary"
        case .items, .events: "items"
        case .optional(let type), .nullable(let type), .text(let type): name(of: type, status)
        }
    }

    /// A component's name, or else the status: an inline schema has no other.
    private func declaredName(_ index: Int, _ status: StatusPattern) -> String {
        if case .component(let name) = planner.types[index].place.step {
            return SwiftName.enumCase(planner.settings.setting(\.renames.schemas, name) ?? name)
        }
        if case .shared(_, let name, _) = planner.types[index].place.root.step { return SwiftName.enumCase(name) }
        return SwiftName.member(StatusName.of(status))
    }
}

extension ResponseStatus {
    init(_ status: StatusPattern) {
        self =
            switch status {
            case .code(let code): .code(code)
            case .range(let first): .range(first)
            case .default: .default
            }
    }
}

extension StatusPattern {
    /// The order of statuses: exact ones, ranges, the rest.
    var rank: Int {
        switch self {
        case .code(let code): code
        case .range(let first): 1_000 + first
        case .default: 2_000
        }
    }

    /// As a description writes it.
    var text: String {
        switch self {
        case .code(let code): "\(code)"
        case .range(let first): "\(first)XX"
        case .default: "all other statuses"
        }
    }
}
