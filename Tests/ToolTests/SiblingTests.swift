import Foundation
import Testing

/// `apus-generate` as the plugin runs it for one of several descriptions.
@Suite("Several descriptions in one target")
struct SiblingTests {
    private func generate(
        first: (title: String, configuration: String?), second: (title: String, configuration: String?), repeating: Bool = false
    ) async throws -> Tool.Outcome {
        try await withFolder { folder in
            func file(_ name: String, _ text: String?) throws -> String {
                guard let text else { return "" }
                try folder.appending(path: name).write(text)
                return folder.appending(path: name).path
            }
            func description(_ title: String) -> String {
                "openapi: 3.1.0\ninfo: {title: \(title), version: '1'}\npaths: {}\n"
            }
            let arguments = [
                try file("b.openapi.yaml", description(second.title)), folder.appending(path: "out").path, "b", "1",
                try file("b.apus.yaml", second.configuration), try file("a.openapi.yaml", description(first.title)),
                try file("a.apus.yaml", first.configuration),
            ]
            let tool = Tool.url.deletingLastPathComponent().appending(path: "apus-generate")
            if repeating {
                #expect(try await Tool.run(tool, arguments).status == 0)
                try folder.appending(path: "a.openapi.yaml").write(description(second.title))
            }
            let outcome = try await Tool.run(tool, arguments)
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: "out/b.Client.swift").path) == (repeating || outcome.status == 0))
            return outcome
        }
    }

    @Test("Two clients of one name are one error that names both files and the setting")
    func clash() async throws {
        let outcome = try await generate(first: ("Shop", nil), second: ("Shop", nil))
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        for text in ["b.openapi.yaml:1:1: error:", "a.openapi.yaml", "ShopAPI", "`namespace:`"] {
            #expect(outcome.errors.contains(text), "\(outcome.errors)")
        }
    }

    @Test("A configuration tells them apart, or brings them together")
    func configured() async throws {
        #expect(try await generate(first: ("Shop", "namespace: Store\n"), second: ("Shop", nil)).status == 0)
        #expect(try await generate(first: ("Shop", nil), second: ("Shop", "namespace: Store\n")).status == 0)
        #expect(try await generate(first: ("Pets", "namespace: ShopAPI\n"), second: ("Shop", nil)).status == 1)
        #expect(try await generate(first: ("Pets", nil), second: ("Shop", nil)).status == 0)
    }

    @Test("A run that repeats the last one sees that the other description changed")
    func repeated() async throws {
        #expect(try await generate(first: ("Pets", nil), second: ("Shop", nil), repeating: true).status == 1)
    }

    @Test("What is wrong with the other description is left to its own run")
    func unreadable() async throws {
        #expect(try await generate(first: ("[", nil), second: ("Shop", nil)).status == 0)
    }
}
