import ArgumentParser
import Declarations
import Emission
import Generation

/// The package that `apus init` writes.
struct PackageSample {
    enum Transport: String, ExpressibleByArgument, CaseIterable {
        case urlSession = "url-session"
        case asyncHTTPClient = "async-http-client"

        /// Foundation's URL loading on Linux ends the process for some faults of
        /// servers: Documentation/Transports.md.
        static var `default`: Transport {
            #if os(Linux)
                .asyncHTTPClient
            #else
                .urlSession
            #endif
        }
    }

    let module: Module
    /// Of the package and its target.
    let name: String
    /// The URL of Apus's repository, or the path of a folder.
    let package: String
    let transport: Transport

    /// A name as the name of a module that is not the client's own enum, nor one of
    /// those that it imports.
    static func targetName(_ text: String, besides namespace: String) -> String {
        var name = ""
        var isStart = true
        for scalar in text.unicodeScalars {
            if scalar.isASCII, scalar.properties.isXIDContinue, scalar != "_" {
                name += isStart ? scalar.properties.uppercaseMapping : String(scalar)
                isStart = false
            } else {
                isStart = true
            }
        }
        let isTaken = [namespace, "Swift", "Foundation", "ApusRuntime", "ApusOAuth", "ApusAsyncHTTPClient", "HTTPTypes"].contains(name)
        if name.first?.isLetter != true || isTaken { name += "App" }
        return name.first?.isLetter == true ? name : "App" + name
    }

    var manifest: String {
        let products =
            ["ApusRuntime"] + (module.security.usesOAuth ? ["ApusOAuth"] : []) + (transport == .asyncHTTPClient ? ["ApusAsyncHTTPClient"] : [])
        return """
            // swift-tools-version: 6.2
            import PackageDescription

            let package = Package(
                name: "\(name)",
                platforms: [.macOS(.v13)],
                dependencies: [
                    // Traits name what is built besides the runtime; "CommandLine" adds `swift package apus check` and the like.
                    \(dependency)
                ],
                targets: [
                    .executableTarget(
                        name: "\(name)",
                        dependencies: [
            \(products.map { "                .product(name: \"\($0)\", package: \"apus\")," }.joined(separator: "\n"))
                        ],
                        plugins: [.plugin(name: "ApusPlugin", package: "apus")]
                    )
                ],
                swiftLanguageModes: [.v6]
            )

            """
    }

    private var dependency: String {
        // What the client does not use is not resolved.
        let names = (module.security.usesOAuth ? ["Crypto"] : []) + (transport == .asyncHTTPClient ? ["AsyncHTTPClient"] : [])
        let traits = ", traits: [\(names.map(\.debugDescription).joined(separator: ", "))]"
        let place = package.debugDescription
        return package.contains("://")
            ? ".package(url: \(place), from: \"\(ToolVersion.current)\"\(traits))" : ".package(name: \"apus\", path: \(place)\(traits))"
    }

    /// For the first security scheme.
    private var authorization: String {
        guard let scheme = module.security.schemes.first else { return ".none" }
        let name = Identifier.escaped(scheme.name)
        return switch scheme.kind {
        case .basic: ".\(name)(username: …, password: …)"
        case .oauth2: ".\(name)(clientID: …)"
        case .mutualTLS: ".\(name)"
        case .bearer, .apiKey, .custom: ".\(name)(…)"
        }
    }

    /// The program. It is not top-level code: there, the compiler of Swift 6.3.1 crashes over a
    /// `catch` that is not for all errors.
    var program: String {
        let sample = SampleCall(module)
        var arguments = sample.server.map { ["server: \($0)"] } ?? []
        if transport == .asyncHTTPClient { arguments.append("transport: AsyncHTTPClientTransport()") }
        var lines: [String] = []
        if sample.server != nil { lines.append("// The description does not say where the API is: put its URL here.") }
        if !module.security.schemes.isEmpty {
            lines.append("// Where the API asks for credentials, pass `authorization:` too, such as `\(authorization)`.")
        }
        lines.append("let client = \(module.namespace).Client(\(arguments.joined(separator: ", ")))")
        lines += sample.lines
        return """
            \(transport == .asyncHTTPClient ? "import ApusAsyncHTTPClient\n" : "")import ApusRuntime

            @main
            struct App {
                static func main() async throws {
            \(lines.map { "        \($0)\n" }.joined())    }
            }

            """
    }
}
