import OpenAPI
import Source
import TextScanning

/// Takes path templates apart.
enum PathTemplate {
    enum Part {
        case text(String)
        case parameter(String)
    }

    /// The parts of an operation's path. A parameter the template names and nobody
    /// declares is a string; one that is declared and not in the template is left out.
    static func parts(of operation: Operation, _ parameters: inout [Parameter], _ diagnostics: Diagnostics) -> [Part] {
        var parts: [Part] = []
        var declared: Set<String> = []
        for parameter in parameters where parameter.place == .path { declared.insert(parameter.name) }
        var named: Set<String> = []
        // A query in the template would be read as part of the path.
        for part in BracedNames.split(operation.path) {
            guard part.isName else {
                parts.append(.text(part.text))
                continue
            }
            let key = part.text
            parts.append(.parameter(key))
            named.insert(key)
            if declared.insert(key).inserted {
                diagnostics.warn(
                    .undeclaredPathParameter,
                    "the path parameter `\(key)` is not declared; it is taken for a string", at: operation.location)
                parameters.append(Parameter(undeclared: key, location: operation.location))
            }
        }
        if parts.isEmpty { parts.append(.text("")) }
        parameters.removeAll { parameter in
            guard parameter.place == .path else { return false }
            let isNamed = named.contains(parameter.name)
            if !isNamed {
                diagnostics.warn(
                    .unusedPathParameter,
                    "the path does not contain the parameter `\(parameter.name)`; it is left out", at: parameter.location)
            }
            return !isNamed
        }
        return parts
    }
}
