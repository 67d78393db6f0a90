import Declarations
import Emission

/// A call that compiles: of an operation whose required arguments can be made up. One
/// that only reads is preferred, then one that needs no credentials and no arguments.
struct SampleCall {
    /// The client's server, where it has no default.
    let server: String?
    let lines: [String]

    init(_ module: Module) {
        let first = module.servers.servers.first
        let hasDefault = first.map { Self.isAbsolute($0.url) && $0.variables.allSatisfy { $0.defaultValue != nil } } ?? false
        server = hasDefault ? nil : ".init(url: \"https://api.example.com\")"
        var best: (suitability: Int, call: String)?
        for operation in module.operations {
            guard let call = Self.call(operation, module) else { continue }
            let suitability = Self.suitability(operation, module)
            if suitability > best?.suitability ?? -1 { best = (suitability, call) }
        }
        lines =
            best.map { ["do {", "    print(try await \($0.call))", "} catch {", "    print(error)", "}"] }
            ?? ["// Every method of this API needs arguments of its own: call one here.", "print(client.core.serverURL)"]
    }

    private static func suitability(_ operation: OperationDeclaration, _ module: Module) -> Int {
        let requirement = operation.security ?? module.security.requirement
        let isOpen = requirement.isEmpty || requirement.contains([])
        let isPlain = !operation.parameters.contains(where: \.isRequired)
        return (operation.method == "GET" ? 4 : 0) + (isOpen ? 2 : 0) + (isPlain ? 1 : 0)
    }

    private static func call(_ operation: OperationDeclaration, _ module: Module) -> String? {
        guard operation.serverChoice == nil, operation.body?.isRequired != true else { return nil }
        var arguments: [String] = []
        for parameter in operation.parameters where parameter.isRequired {
            guard let value = value(parameter.type) else { return nil }
            arguments.append("\(Identifier.label(parameter.name)): \(value)")
        }
        let group = operation.group.map { Identifier.escaped(module.groups[$0].name) + "." } ?? ""
        return "client.\(group)\(Identifier.escaped(operation.name))(\(arguments.joined(separator: ", ")))"
    }

    private static func value(_ type: TypeReference) -> String? {
        switch type {
        case .builtin(.string): "\"example\""
        case .builtin(.bool): "true"
        case .builtin(.double), .builtin(.float), .builtin(.decimal): "1"
        case .builtin(let builtin) where builtin.isInteger: "1"
        case .array(let element): value(element).map { "[\($0)]" }
        case .dictionary: "[:]"
        default: nil
        }
    }

    /// As the client's own default is decided on.
    private static func isAbsolute(_ url: String) -> Bool {
        url.hasPrefix("http://") || url.hasPrefix("https://") || url.hasPrefix("{") && url.contains("}://")
    }
}
