import Declarations
import OpenAPI
import Source

/// Makes the methods of the client.
struct ClientOperations {
    let planner: TypePlanner
    let methods: MethodNames
    let validation: Validation
    let diagnostics: Diagnostics

    /// The methods in the order of the operations, each followed by those for other
    /// media types.
    func methods(of document: Document) -> [OperationDeclaration] {
        let builder = OperationBuilder(
            planner: planner, constraints: ValueConstraints(planner: planner, validation: validation), diagnostics: diagnostics)
        var result: [OperationDeclaration] = []
        result.reserveCapacity(document.operations.count)
        for index in document.operations.indices {
            builder.addMethods(document.operations[index], index: index, named: methods.names[index], to: &result)
        }
        nameVariants(&result)
        return result
    }

    /// A method for another media type has the name that no operation has.
    private func nameVariants(_ operations: inout [OperationDeclaration]) {
        var scope = methods.scope
        let variants = operations.indices.filter { operations[$0].isVariant }
        for index in variants.sorted(by: { (operations[$0].name, operations[$0].template) < (operations[$1].name, operations[$1].template) }) {
            operations[index].name = scope.claim(operations[index].name)
        }
    }
}
