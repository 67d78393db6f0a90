import OpenAPI
import SpecSource
import TextScanning

/// Puts methods into groups by their first tag: `client.users.get(id: 1)`.
struct OperationGrouping {
    private let document: Document
    private let settings: SettingsUse
    /// The names that the client has already.
    private var members: NameScope

    /// - Parameter members: What the client has besides its operations.
    init(document: Document, settings: SettingsUse, members: [String]) {
        self.document = document
        self.settings = settings
        self.members = NameScope(reserved: Set(members + ClientMembers.reserved))
    }

    /// Names the groups and their methods. What has no tag stays where it is.
    mutating func group(_ operations: inout [OperationDeclaration]) -> [OperationGroup] {
        // Methods that stay on the client keep their names.
        for operation in operations where operation.tag.isEmpty { _ = members.claim(operation.name) }
        var groups: [OperationGroup] = []
        var places: [String: Int] = [:]
        var typeNames = NameScope()
        for index in operations.indices where !operations[index].tag.isEmpty {
            let tag = operations[index].tag
            let place = places[tag] ?? groups.count
            if place == groups.count {
                let name = members.claim(settings.setting(\.renames.tags, tag) ?? SwiftName.member(tag), SwiftName.member(Words(tag) + Words("operations")))
                let typeName = typeNames.claim(SwiftName.type(Words(tag) + Words("operations")))
                let description = document.tags.first { $0.name == tag }?.description
                let lines = Documentation.lines(description ?? "Operations tagged `\(tag.replacing("`", with: "'"))`.")
                groups.append(OperationGroup(name: name, typeName: typeName, documentation: lines))
                places[tag] = place
            }
            operations[index].group = place
        }
        for place in groups.indices {
            shorten(operations.indices.filter { operations[$0].group == place }, in: &operations)
        }
        return groups
    }

    /// Leaves the tag's words out of the names of a group's methods, where
    /// that leaves each a name of its own.
    private func shorten(_ places: [Int], in operations: inout [OperationDeclaration]) {
        let shortNames = places.map { place in
            isRenamed(operations[place]) ? operations[place].name : shortName(operations[place])
        }
        let taken = Dictionary(grouping: shortNames + places.map { operations[$0].name }, by: \.self).mapValues(\.count)
        for (place, name) in zip(places, shortNames) {
            // Its own name counts where it is no shorter.
            let uses = (taken[name] ?? 0) - (name == operations[place].name ? 1 : 0)
            if uses == 1, !ClientMembers.reserved.contains(name) { operations[place].name = name }
        }
    }

    private func isRenamed(_ operation: OperationDeclaration) -> Bool {
        [operation.identifier, "\(operation.method) \(operation.template)"].contains { settings.options.renames.operations[$0] != nil }
    }

    private func shortName(_ operation: OperationDeclaration) -> String {
        let name = Words(operation.name)
        let tag = Words(operation.tag)
        for words in [tag, tag.singular].compactMap({ $0 }) {
            if let rest = name.removing(words), !rest.endsWithPreposition { return SwiftName.member(rest) }
        }
        return operation.name
    }
}

/// What every generated client has.
enum ClientMembers {
    static let reserved = ["core", "send", "withResponse"]
}
