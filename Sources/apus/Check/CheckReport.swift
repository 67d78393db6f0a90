import Declarations
import Foundation
import Generation
import Source

/// What `apus check` found.
struct CheckReport {
    struct Method {
        var method: String
        var path: String
        /// With the group that it is in: `users.get`.
        var name: String
    }

    let title: String
    let specification: String
    /// Operations of the description.
    let described: Int
    let generated: Int
    let methods: [Method]
    let schemas: [String]
    let diagnostics: [Diagnostic]

    init(_ result: Pipeline.Result, _ diagnostics: [Diagnostic]) {
        let module = result.module
        title = module.title
        specification = result.document.specificationVersion
        described = result.described
        generated = module.operations.count { !$0.isVariant }
        methods = module.operations.map { operation in
            let group = operation.group.map { module.groups[$0].name + "." } ?? ""
            return Method(method: operation.method, path: operation.template, name: group + operation.name)
        }
        schemas = result.document.schemas.map(\.name)
        self.diagnostics = diagnostics
    }

    var degraded: [Diagnostic] { diagnostics.filter { $0.isDegradation && $0.severity != .note } }

    /// For scripts: keys are added to it, and none is taken away.
    func json() throws -> String {
        let object: [String: Any] = [
            "operations": described,
            "generatedOperations": generated,
            "schemas": schemas.count,
            "degraded": degraded.map { "\($0)" },
            "warnings": diagnostics.filter { $0.severity != .note }.map { "\($0)" },
            "diagnostics": diagnostics.map { diagnostic -> [String: Any] in
                var object: [String: Any] = [
                    "code": diagnostic.code.rawValue, "severity": diagnostic.severity.rawValue, "message": diagnostic.message,
                    "degraded": diagnostic.isDegradation,
                ]
                if let location = diagnostic.location {
                    object["path"] = location.path
                    object["line"] = location.line
                    object["column"] = location.column
                }
                return object
            },
        ]
        let data = try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }
}
