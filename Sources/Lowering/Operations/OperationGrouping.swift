import Declarations
import OpenAPI
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
        var typeNames = NameScope(reserved: ["Errors"])
        let tags = Set(operations.map(\.tag)).subtracting([""]).sorted()
        return tags.enumerated().map { index, tag in
            let places = operations.indices.filter { operations[$0].tag == tag }
            for place in places { operations[place].group = index }
            shorten(places, in: &operations)
            let description = document.tags.first { $0.name == tag }?.description
            return OperationGroup(
                name: members.claim(
                    settings.setting(\.renames.tags, tag) ?? SwiftName.member(tag), SwiftName.member(Words(tag) + Words("operations"))),
                typeName: typeNames.claim(SwiftName.type(Words(tag) + Words("operations"))),
                documentation: Documentation.lines(description ?? "Operations tagged `\(tag.replacing("`", with: "'"))`."))
        }
    }

    /// Leaves the tag's words out of the names of a group's methods. A method whose
    /// whole name is another's without them keeps it, and the other has its own.
    private func shorten(_ places: [Int], in operations: inout [OperationDeclaration]) {
        var scope = NameScope(reserved: Set(ClientMembers.reserved))
        let wishes = places.map { place -> (place: Int, name: String, short: String) in
            let operation = operations[place]
            return (place, operation.name, isRenamed(operation) ? operation.name : shortName(operation))
        }
        let whole = wishes.filter { $0.name == $0.short }
        let shortened = wishes.filter { $0.name != $0.short }.sorted { $0.name < $1.name }
        for wish in whole + shortened { operations[wish.place].name = scope.claim(wish.short, wish.name) }
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
