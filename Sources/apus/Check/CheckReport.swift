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
    /// Those that page, or may.
    let pagination: [Pages]

    /// What was decided of an operation that looks like pages.
    struct Pages {
        var method: Method
        var reason: String
        /// How it pages; nil where it is not taken for it.
        var declaration: PaginationDeclaration?
    }

    init(_ result: Pipeline.Result, _ diagnostics: [Diagnostic]) {
        let module = result.module
        title = module.title
        specification = result.document.specificationVersion
        described = result.described
        generated = module.operations.count { !$0.isVariant }
        let methods = module.operations.map { operation in
            let group = operation.group.map { module.groups[$0].name + "." } ?? ""
            return Method(method: operation.method, path: operation.template, name: group + operation.name)
        }
        self.methods = methods
        pagination = zip(module.operations, methods).compactMap { operation, method in
            switch operation.pagination {
            case .none: nil
            case .undecided(let reason): Pages(method: method, reason: reason, declaration: nil)
            case .paginated(let pages): Pages(method: method, reason: pages.reason, declaration: pages)
            }
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
            "paginated": pagination.count { $0.declaration != nil },
            "pagination": pagination.map { pages -> [String: Any] in
                var object: [String: Any] = [
                    "operation": "\(pages.method.method) \(pages.method.path)", "method": pages.method.name, "reason": pages.reason,
                    "paginated": pages.declaration != nil,
                ]
                if let declaration = pages.declaration {
                    object["style"] = declaration.style.name
                    object["next"] = declaration.style.next
                    object["items"] = declaration.items.map(\.name).joined(separator: ".")
                }
                return object
            },
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
