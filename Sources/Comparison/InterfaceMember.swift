import Lowering

/// Something with a name and a type that is given in an order: a parameter of
/// a method, or a property and so a parameter of its type's initialiser.
struct InterfaceMember {
    var name: String
    var type: String
    /// Whether a call has to give it.
    var isRequired: Bool

    /// What differs between two lists of members.
    ///
    /// - Parameter owner: What they belong to, with what stands between it and
    ///   a member's name.
    static func changes(
        from old: [InterfaceMember], to new: [InterfaceMember], _ subject: InterfaceChange.Subject, of owner: String
    ) -> [InterfaceChange] {
        var changes: [InterfaceChange] = []
        func report(_ kind: InterfaceChange.Kind, _ member: InterfaceMember, _ detail: String, isBreaking: Bool) {
            changes.append(
                InterfaceChange(kind: kind, subject: subject, name: owner + member.name, detail: detail, isBreaking: isBreaking))
        }
        let oldByName = Dictionary(old.map { ($0.name, $0) }) { first, _ in first }
        let newByName = Dictionary(new.map { ($0.name, $0) }) { first, _ in first }
        for member in old where newByName[member.name] == nil { report(.removed, member, "", isBreaking: true) }
        for member in new {
            guard let before = oldByName[member.name] else {
                report(.added, member, member.isRequired ? "has to be given" : "", isBreaking: member.isRequired)
                continue
            }
            if before.type != member.type { report(.changed, member, "\(before.type) is \(member.type)", isBreaking: true) }
            if before.isRequired != member.isRequired {
                report(
                    .changed, member, member.isRequired ? "has to be given" : "may be left out", isBreaking: member.isRequired)
            }
        }
        let oldOrder = old.map(\.name).filter { newByName[$0] != nil }
        let newOrder = new.map(\.name).filter { oldByName[$0] != nil }
        if let (_, moved) = zip(oldOrder, newOrder).first(where: { $0 != $1 }), let member = newByName[moved] {
            report(.changed, member, "comes in another order", isBreaking: true)
        }
        return changes
    }

    /// What differs between two sets of names that are used one by one.
    static func changes(
        from old: [String], to new: [String], _ subject: InterfaceChange.Subject, of owner: String, addingBreaks: Bool = false
    ) -> [InterfaceChange] {
        let oldNames = Set(old)
        let newNames = Set(new)
        let removed = old.filter { !newNames.contains($0) }.map {
            InterfaceChange(kind: .removed, subject: subject, name: owner + $0, detail: "", isBreaking: true)
        }
        let added = new.filter { !oldNames.contains($0) }.map {
            InterfaceChange(
                kind: .added, subject: subject, name: owner + $0,
                detail: addingBreaks ? "a switch over all cases has to name it" : "", isBreaking: addingBreaks)
        }
        return removed + added
    }
}
