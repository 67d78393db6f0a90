import Comparison

/// Whether a change of the interface is what was to be expected of the
/// elements that were added.
public struct Attribution {
    let elements: [Element]

    public init(elements: [Element]) {
        self.elements = elements
    }

    /// The changes that no element explains.
    public func unexplained(_ changes: [InterfaceChange]) -> [InterfaceChange] {
        changes.filter { change in change.isBreaking && !elements.contains { explains($0, change) } }
    }

    /// An enum's value adds the case of its name to the type at its place. A
    /// response adds a case to its operation's result or error, or makes one
    /// of what was a single type. Nothing else of what grows breaks anything.
    private func explains(_ element: Element, _ change: InterfaceChange) -> Bool {
        switch (element.kind, change.subject, change.kind) {
        case (.enumValue, .enumCase, .added):
            let path = change.name.split(separator: ".").map(String.init)
            let name = Self.folded(element.name)
            return (name.isEmpty || Self.folded(path.last ?? "").contains(name)) && isOwner(element, of: Self.owner(in: path))
        case (.response, .enumCase, .added):
            return isOwner(element, of: Self.owner(in: change.name.split(separator: ".").map(String.init)))
        case (.property, .property, .changed):
            // A part now has a property that another part has too: it stands where it is first.
            return change.detail == "comes in another order"
                && Self.folded(change.name.split(separator: ".").last.map(String.init) ?? "") == Self.folded(element.name)
        case (.response, .operation, .changed):
            guard change.detail.hasPrefix("returns ") || change.detail.hasPrefix("throws ") else { return false }
            let name = Self.folded(String(change.name.prefix { $0 != "(" }))
            return element.owners.contains { owner in
                let owner = Self.folded(owner)
                // Where names collide, one has a number.
                return !owner.isEmpty && name.hasPrefix(owner) && name.dropFirst(owner.count).allSatisfy(\.isNumber)
            }
        default:
            return false
        }
    }

    /// What a type belongs to: a component, or an operation of the client.
    private static func owner(in path: [String]) -> String {
        path.first == "Client" && path.count > 1 ? path[1] : path.first ?? ""
    }

    /// Types are named after their owner and what they are of it.
    private func isOwner(_ element: Element, of type: String) -> Bool {
        let type = Self.folded(type)
        return element.owners.contains { owner in
            let owner = Self.folded(owner)
            return !owner.isEmpty && type.hasPrefix(owner)
        }
    }

    /// Letters and digits without case: what spelling as an identifier keeps.
    static func folded(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
