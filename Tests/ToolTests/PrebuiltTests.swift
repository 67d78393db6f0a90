import Foundation
import Testing

/// The package in Prebuilt, with the tool of these tests as its binary. What is
/// released is static besides: Scripts/check-bundle.
@Suite("The plugin with a tool that is built already")
struct PrebuiltTests {
    private let swift = URL(filePath: "/usr/bin/env")

    #if arch(arm64)
        private let architecture = "aarch64"
    #else
        private let architecture = "x86_64"
    #endif

    private func makeBundle(in folder: URL) throws {
        let bundle = folder.appending(path: "Binaries/apus-generate.artifactbundle")
        let path = "apus-generate-tests/bin/apus-generate"
        let executable = bundle.appending(path: path)
        try FileManager.default.createDirectory(at: executable.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Tool.url.deletingLastPathComponent().appending(path: "apus-generate"), to: executable)
        try bundle.appending(path: "info.json").write(
            """
            {"schemaVersion": "1.0", "artifacts": {"apus-generate": {"type": "executable", "version": "0.0.0", "variants": [{"path": "\(path)",
              "supportedTriples": ["\(architecture)-unknown-linux-gnu", "arm64-apple-macosx", "x86_64-apple-macosx"]}]}}}
            """)
    }

    @Test("Generates what the plugin generates that builds its tool")
    func consumer() async throws {
        try await withFolder { folder in
            let prebuilt = folder.appending(path: "Prebuilt")
            try FileManager.default.createDirectory(at: prebuilt.appending(path: "Plugins/ApusPrebuiltPlugin"), withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: Descriptions.root.appending(path: "Prebuilt/Package.swift"), to: prebuilt.appending(path: "Package.swift"))
            for file in ["ApusPlugin.swift", "Description.swift"] {
                try FileManager.default.copyItem(
                    at: Descriptions.root.appending(path: "Prebuilt/Plugins/ApusPrebuiltPlugin/\(file)"),
                    to: prebuilt.appending(path: "Plugins/ApusPrebuiltPlugin/\(file)"))
            }
            try makeBundle(in: prebuilt)
            let package = folder.appending(path: "Consumer")
            try package.appending(path: "Package.swift").write(
                """
                // swift-tools-version: 6.2
                import PackageDescription

                let package = Package(
                    name: "Consumer",
                    platforms: [.macOS(.v13)],
                    dependencies: [.package(name: "apus", path: "\(Descriptions.root.path)"), .package(path: "../Prebuilt")],
                    targets: [
                        .executableTarget(
                            name: "App", dependencies: [.product(name: "ApusRuntime", package: "apus")],
                            plugins: [.plugin(name: "ApusPrebuiltPlugin", package: "Prebuilt")])
                    ]
                )
                """)
            let description = package.appending(path: "Sources/App/openapi.yaml")
            try description.write(Descriptions.small())
            try package.appending(path: "Sources/App/main.swift").write("print(SmallAPI.Client().core.serverURL)\n")
            let outcome = try await Tool.run(
                swift, ["swift", "run", "--package-path", package.path, "--scratch-path", package.appending(path: ".build").path, "App"])
            #expect(outcome.status == 0 && outcome.output == "https://small.example\n", "\(outcome.output)\(outcome.errors.suffix(4_000))")
            // The generator itself is not among what was built.
            let objects = package.appending(path: ".build/debug").resolvingSymlinksInPath().snapshot.keys.filter { $0.hasSuffix(".o") }
            #expect(objects.contains { $0.hasPrefix("ApusRuntime.build/") } && !objects.contains { $0.hasPrefix("Lowering") }, "\(objects)")
        }
    }
}
