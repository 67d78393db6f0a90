import OpenAPI

extension TypeLowering {
    /// What a value that is sent has to satisfy besides what its type checks
    /// itself; nil for nothing.
    func sentConstraints(_ schema: Schema?, _ type: TypeReference) -> Constraints? {
        guard validation.checksSent, let constraints else { return nil }
        if let own = constraints.constraints(ofValue: schema) { return own }
        // What takes a value apart does not ask whether it satisfies anything.
        if case .declared(let place) = resolved(type), case .structure(let structure) = declarations[place].kind,
            structure.constraints != nil
        {
            return Constraints()
        }
        return nil
    }

    /// What a value that is received has to satisfy besides what its type
    /// checks itself; nil for nothing.
    func receivedConstraints(_ schema: Schema?) -> Constraints? {
        validation.checksReceived ? constraints?.constraints(ofValue: schema) : nil
    }
}
