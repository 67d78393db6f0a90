import Foundation
import Testing

/// A package outside of this one that uses the plugin as anybody would.
@Suite("The build tool plugin, end to end")
struct PluginTests {
    private let swift = URL(filePath: "/usr/bin/env")

    private var manifest: String {
        """
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "Consumer",
            platforms: [.macOS(.v13)],
            dependencies: [.package(name: "apus", path: "\(Descriptions.root.path)")],
            targets: [
                .executableTarget(
                    name: "App",
                    dependencies: [.product(name: "ApusRuntime", package: "apus"), .product(name: "ApusOAuth", package: "apus")],
                    plugins: [.plugin(name: "ApusPlugin", package: "apus")]
                )
            ]
        )
        """
    }

    private func run(_ package: URL) async throws -> Tool.Outcome {
        try await Tool.run(
            swift, ["swift", "build", "--package-path", package.path, "--scratch-path", package.appending(path: ".build").path])
    }

    private func build(_ package: URL) async throws {
        let outcome = try await run(package)
        #expect(outcome.status == 0, "\(outcome.output.suffix(4_000))\(outcome.errors.suffix(4_000))")
    }

    /// The generated files, with the times they were written at.
    private func generated(_ package: URL) -> [String: Date] {
        let outputs = package.appending(path: ".build/plugins/outputs").snapshot
        return outputs.filter { $0.key.hasSuffix(".swift") }.mapValues(\.date)
    }

    /// The app's object files, with the times they were compiled at.
    private func objects(_ package: URL) -> [String: Date] {
        package.appending(path: ".build/debug/App.build").snapshot.filter { $0.key.hasSuffix(".swift.o") }.mapValues(\.date)
    }

    @Test("Generates when something changed, and only what changed is compiled")
    func endToEnd() async throws {
        try await withFolder { folder in
            let package = folder.appending(path: "My Consumer")
            let sources = package.appending(path: "Sources/App")
            let petstore = try String(
                contentsOf: Descriptions.root.appending(path: "Tests/GoldenTests/Descriptions/petstore.yaml"), encoding: .utf8)
            try package.appending(path: "Package.swift").write(manifest)
            // Padding makes the description large enough for several files of models.
            let padded = petstore + String(repeating: "# padding\n", count: 45_000)
            try sources.appending(path: "petstore.openapi.yaml").write(padded)
            try sources.appending(path: "Small API/openapi.yaml").write(
                Descriptions.small("    Owner: {$ref: 'parts/Owner.yaml'}\n    Lost: {$ref: '#/components/schemas/Nowhere'}"))
            try sources.appending(path: "Small API/parts/Owner.yaml").write("type: object\nproperties: {name: {type: string}}\n")
            try sources.appending(path: "Small API/apus.yaml").write("namespace: Tiny\naccessLevel: internal\n")
            try sources.appending(path: "main.swift").write(
                """
                let pet = PetstoreAPI.Pet(name: "Rex", status: .available)
                let tiny = Tiny.Pet(name: pet.name)
                let client = Tiny.Client()
                print(tiny.name, client.core.serverURL)
                """)
            let built = try await run(package)
            #expect(built.status == 0, "\(built.output.suffix(4_000))\(built.errors.suffix(4_000))")
            // Editors take a line for a diagnostic that begins with a whole path, line and column.
            let place = "\(sources.path)/Small API/openapi.yaml:20:18: warning: `$ref` leads nowhere"
            let lines = (built.output + built.errors).split(separator: "\n")
            #expect(lines.contains { $0.hasPrefix(place) && $0.hasSuffix("[unresolved-reference]") }, "\(built.output)\(built.errors)")
            let app = package.appending(path: ".build/debug/App")
            #expect(try await Tool.run(app, []).output == "Rex https://small.example\n")
            let first = generated(package)
            #expect(first.count >= 5)

            // Nothing changed: nothing is generated.
            try await build(package)
            #expect(generated(package) == first)

            // One schema changed: one file of its description is written, and one compiled.
            try sources.appending(path: "petstore.openapi.yaml").write(
                padded.replacing("parent: {$ref: '#/components/schemas/Category'}", with: "parent: {type: string}"))
            let objectsBefore = objects(package)
            try await build(package)
            let second = generated(package)
            #expect(Set(second.keys) == Set(first.keys))
            let written = second.filter { first[$0.key] != $0.value }.keys
            #expect(written.count == 1, "\(written)")
            let recompiled = objects(package).filter { objectsBefore[$0.key] != $0.value }.keys
            #expect(Set(recompiled) == Set(written.map { URL(filePath: $0).lastPathComponent + ".o" }))

            // The configuration is an input too.
            try sources.appending(path: "Small API/apus.yaml").write("namespace: Tiny\naccessLevel: public\n")
            try await build(package)
            let third = generated(package)
            #expect(third.filter { second[$0.key] != $0.value }.keys.allSatisfy { $0.contains("openapi") || $0.contains("Small") })
            #expect(third != second)

            // So is a file that the description refers to.
            try sources.appending(path: "Small API/parts/Owner.yaml").write("type: object\nproperties: {age: {type: integer}}\n")
            try sources.appending(path: "main.swift").write("print(Tiny.Owner(age: 7).age ?? 0)\n")
            try await build(package)
            let fourth = generated(package)
            #expect(fourth.filter { third[$0.key] != $0.value }.keys.map { URL(filePath: $0).lastPathComponent } == ["openapi.1.Models.swift"])
            #expect(try await Tool.run(app, []).output == "7\n")

            // Two clients of one name are one error, and not one of the compiler.
            try sources.appending(path: "Small API/apus.yaml").write("namespace: PetstoreAPI\n")
            let clash = try await run(package)
            let text = clash.output + clash.errors
            #expect(clash.status != 0)
            #expect(text.contains("would both be called PetstoreAPI"), "\(text.suffix(4_000))")
            #expect(!text.contains("redeclaration"))
        }
    }
}
