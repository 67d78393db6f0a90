import Declarations
import OpenAPI

/// What values that are not structs have to satisfy, where they are used.
struct ValueConstraints {
    let planner: TypePlanner
    let validation: Validation

    /// What a value that is sent has to satisfy besides what its type checks
    /// itself; nil for nothing.
    func sent(_ schema: Schema?, _ type: TypeReference) -> Constraints? {
        guard validation.checksSent, let constraints = planner.constraints else { return nil }
        if let own = constraints.constraints(ofValue: schema) { return own }
        // What takes a value apart does not ask whether it satisfies anything.
        if case .declared(let index) = planner.resolved(type), case .structure(let structure) = planner.types[index].kind,
            structure.constraints != nil
        {
            return Constraints()
        }
        return nil
    }

    /// What a value that is received has to satisfy besides what its type
    /// checks itself; nil for nothing.
    func received(_ schema: Schema?) -> Constraints? {
        validation.checksReceived ? planner.constraints?.constraints(ofValue: schema) : nil
    }
}
