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

    /// An enum's value adds the case of its name to the type at its place, and may
    /// take the name of one that differs in case alone. A response adds a case to
    /// its operation's result or error, or makes one of what was a single type. A
    /// property that another part of its object has too says more of it. Nothing
    /// else of what grows breaks anything.
    private func explains(_ element: Element, _ change: InterfaceChange) -> Bool {
        let path = change.name.split(separator: ".").map(String.init)
        let name = Self.folded(element.name)
        switch (element.kind, change.subject, change.kind) {
        case (.enumValue, .enumCase, .added):
            return (name.isEmpty || Self.folded(path.last ?? "").contains(name)) && isOwner(element, of: Self.owner(in: path))
        case (.enumValue, .enumCase, .changed):
            return Self.folded(path.last ?? "") == name && isOwner(element, of: Self.owner(in: path))
        case (.response, .enumCase, .added):
            return isOwner(element, of: Self.owner(in: path))
        case (.property, .property, .changed):
            guard Self.folded(path.last ?? "") == name else { return false }
            // It stands where it is first, and is null only where both parts allow it.
            return change.detail == "comes in another order"
                || Self.losesNull(change.detail) && isOwner(element, of: Self.owner(in: path))
        case (.property, .enumCase, .added):
            // Alternatives had some of the values that the property itself has.
            return path.dropLast().last.map(Self.folded) == name && isOwner(element, of: Self.owner(in: path))
        case (.response, .operation, .changed):
            guard change.detail.hasPrefix("returns ") || change.detail.hasPrefix("throws ") else { return false }
            return isMethod(String(change.name.prefix { $0 != "(" }), of: element)
        default:
            return false
        }
    }

    /// Where names collide, a method has a number; the methods for other media
    /// types end with theirs.
    private func isMethod(_ name: String, of element: Element) -> Bool {
        let name = Self.folded(name)
        return element.owners.contains { owner in
            let owner = Self.folded(owner)
            guard !owner.isEmpty, name.hasPrefix(owner) else { return false }
            let rest = name.dropFirst(owner.count).drop(while: \.isNumber)
            return rest.isEmpty || rest.hasPrefix("as")
        }
    }

    /// `Nullable<Int>? → Int?`.
    private static func losesNull(_ detail: String) -> Bool {
        let types = detail.split(separator: " → ")
        return types.count == 2 && types[0] == "Nullable<\(types[1].dropLast())>?" && types[1].hasSuffix("?")
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
