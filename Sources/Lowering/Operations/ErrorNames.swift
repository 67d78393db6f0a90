import Declarations
import TextScanning

/// Names the types of operations' errors after their methods, in the client's and each
/// group's `Errors`.
enum ErrorNames {
    static func name(_ operations: inout [OperationDeclaration], namespace: String) {
        let places = operations.indices.filter { !operations[$0].isVariant }
        for members in Dictionary(grouping: places, by: { operations[$0].group }).values {
            // What Swift takes for something else, and what the types are written with.
            var scope = NameScope(reserved: ["Type", "Protocol", "Self", "Any", "Never", "APIError", "ApusRuntime", namespace])
            for place in members.sorted(by: { operations[$0].name < operations[$1].name }) {
                let name = SwiftName.nestedType(Words(operations[place].name))
                operations[place].errorName = scope.claim(name, name + "Operation")
            }
        }
    }
}
