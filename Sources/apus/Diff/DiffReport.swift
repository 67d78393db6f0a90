import Comparison
import Foundation

/// What `apus diff` prints.
struct DiffReport {
    let changes: [InterfaceChange]
    /// What the API is called.
    let title: String

    var breaking: [InterfaceChange] { changes.filter(\.isBreaking) }
    var compatible: [InterfaceChange] { changes.filter { !$0.isBreaking } }
    var bump: VersionBump { VersionBump(changes) }

    var text: String {
        func section(_ title: String, _ changes: [InterfaceChange]) -> String {
            changes.isEmpty ? "" : title + "\n" + changes.map { "  \($0)\n" }.joined() + "\n"
        }
        return section("Breaking:", breaking) + section("Compatible:", compatible) + "\(breaking.count) breaking, \(compatible.count) compatible\n"
            + "Suggested version bump: \(bump.rawValue) (\(bump.reason))\n"
    }

    func json() throws -> String {
        let object: [String: Any] = [
            "breaking": breaking.count,
            "bump": bump.rawValue,
            "changes": changes.map { change -> [String: Any] in
                [
                    "change": change.kind.rawValue, "kind": change.subject.rawValue, "name": change.name, "detail": change.detail,
                    "breaking": change.isBreaking,
                ]
            },
        ]
        let data = try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }
}
