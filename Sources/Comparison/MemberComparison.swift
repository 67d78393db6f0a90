import Declarations

/// Something with a name and a type that is given in an order: a parameter of
/// a method, or a property and so a parameter of its type's initializer.
struct InterfaceMember {
    var name: String
    /// Nil where the name says everything.
    var type: TypeReference?
    /// Whether a call has to give it.
    var isRequired: Bool
}

/// Compares members of two modules.
struct MemberComparison {
    let old: InterfaceModule
    let new: InterfaceModule
    /// The name by which the old members are reached, where it is not that of what
    /// declares them.
    var alias: InterfaceModule.Alias?

    /// Whether code that was written for the one type means the other now.
    func isSame(_ before: TypeReference, _ after: TypeReference) -> Bool {
        let after = new.settled(after)
        return new.meaning(of: before, from: old) == after
            || alias != nil && new.meaning(of: before, from: old, by: alias) == after
    }

    /// What differs between two types, in words; nil for nothing.
    func difference(_ before: TypeReference, _ after: TypeReference) -> String? {
        isSame(before, after) ? nil : "\(old.text(before)) → \(new.text(after))"
    }

    /// What differs between two lists of members.
    ///
    /// - Parameter owner: What they belong to, with what stands between it and
    ///   a member's name.
    func changes(
        from before: [InterfaceMember], to after: [InterfaceMember], _ subject: InterfaceChange.Subject, of owner: String
    ) -> [InterfaceChange] {
        var changes: [InterfaceChange] = []
        func report(_ kind: InterfaceChange.Kind, _ member: InterfaceMember, _ detail: String, isBreaking: Bool) {
            changes.append(
                InterfaceChange(kind: kind, subject: subject, name: owner + member.name, detail: detail, isBreaking: isBreaking))
        }
        let oldByName = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
        let newByName = Dictionary(after.map { ($0.name, $0) }) { first, _ in first }
        for member in before where newByName[member.name] == nil { report(.removed, member, "", isBreaking: true) }
        for member in after {
            guard let previous = oldByName[member.name] else {
                report(.added, member, member.isRequired ? "has to be given" : "", isBreaking: member.isRequired)
                continue
            }
            if let first = previous.type, let second = member.type, let difference = difference(first, second) {
                report(.changed, member, difference, isBreaking: true)
            }
            if previous.isRequired != member.isRequired {
                report(
                    .changed, member, member.isRequired ? "has to be given" : "may be left out", isBreaking: member.isRequired)
            }
        }
        let oldOrder = before.map(\.name).filter { newByName[$0] != nil }
        let newOrder = after.map(\.name).filter { oldByName[$0] != nil }
        if let (_, moved) = zip(oldOrder, newOrder).first(where: { $0 != $1 }), let member = newByName[moved] {
            report(.changed, member, "comes in another order", isBreaking: true)
        }
        return changes
    }

    /// What differs between two sets of names that are used one by one.
    func changes(
        from before: [String], to after: [String], _ subject: InterfaceChange.Subject, of owner: String, addingBreaks: Bool = false
    ) -> [InterfaceChange] {
        let oldNames = Set(before)
        let newNames = Set(after)
        let removed = before.filter { !newNames.contains($0) }.map {
            InterfaceChange(kind: .removed, subject: subject, name: owner + $0, detail: "", isBreaking: true)
        }
        let added = after.filter { !oldNames.contains($0) }.map {
            InterfaceChange(
                kind: .added, subject: subject, name: owner + $0,
                detail: addingBreaks ? "a switch over all cases has to name it" : "", isBreaking: addingBreaks)
        }
        return removed + added
    }
}
