import Declarations
import TextScanning

/// Names the types of operations' errors after their methods, in the client's and each
/// group's `Errors`.
enum ErrorNames {
    static func name(_ operations: inout [OperationDeclaration], namespace: String) {
        // An operation is large: each is looked at once.
        var groups: [Int?: [(name: String, place: Int)]] = [:]
        for (place, operation) in operations.enumerated() where !operation.isVariant {
            groups[operation.group, default: []].append((operation.name, place))
        }
        for members in groups.values {
            // What Swift takes for something else, and what the types are written with.
            var scope = NameScope(reserved: ["Type", "Protocol", "Self", "Any", "Never", "APIError", "ApusRuntime", namespace])
            for (method, place) in members.sorted(by: { $0.name < $1.name }) {
                let name = SwiftName.nestedType(Words(method))
                operations[place].errorName = scope.claim(name, name + "Operation")
            }
        }
    }
}
