import Lowering
import OpenAPI
import Source
import SyntaxTree

extension Configuration {
    /// Reads `pagination`: `off`, or what is inferred, conventions, and what holds for
    /// single operations.
    static func pagination(_ root: Node) throws(SourceError) -> PaginationOptions {
        var options = PaginationOptions()
        guard let node = root["pagination"] else { return options }
        if node.isScalar, node.bool == false || node.text == "off" {
            options.isOff = true
            return options
        }
        let fields = try ConfigurationFields(node, "pagination", known: ["inference", "conventions", "operations", "exclude"])
        if let flag = node["inference"], flag.bool == false {
            options.inference = .off
        } else if let name = try fields.choice("inference", PaginationOptions.Inference.allCases.map(\.rawValue)) {
            options.inference = PaginationOptions.Inference(rawValue: name) ?? .narrow
        }
        if let conventions = node["conventions"] {
            for element in conventions.kind == .sequence ? Array(conventions.elements) : [conventions] {
                options.conventions.append(try rule(element))
            }
        }
        if let operations = node["operations"] {
            guard operations.kind == .mapping else {
                throw SourceError(
                    location: operations.location, message: "`operations` should be a mapping",
                    hint: "from operation IDs, or methods and paths, to how they page")
            }
            for (name, value) in operations.members {
                let statement = PaginationStatement(value, source: "apus.yaml")
                if case .unusable(let reason) = statement.content { throw SourceError(location: value.location, message: reason) }
                options.operations[name] = statement
            }
        }
        for node in try fields.texts("exclude") {
            options.exclude[node.text] = Configured(text: node.text, location: node.location)
        }
        return options
    }

    private static func rule(_ node: Node) throws(SourceError) -> PaginationRule {
        var fault: String?
        let rule = PaginationRule(node) { fault = fault ?? $0 }
        guard let rule, fault == nil else {
            throw SourceError(location: node.location, message: fault ?? "a convention should be a mapping")
        }
        return rule
    }
}
