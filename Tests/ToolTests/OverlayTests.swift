import Foundation
import Testing

@Suite("Overlays, by the tool")
struct OverlayToolTests {
    private static let overlay = """
        overlay: 1.0.0
        info: {title: Corrections, version: '1'}
        actions:
          - target: $.components.schemas.Pet.properties
            update: {age: {type: integer}}
          - target: $.components.schemas.Pet.required
            remove: true

        """

    private func models(_ folder: URL, _ arguments: [String]) async throws -> (text: String, outcome: Tool.Outcome) {
        let output = folder.appending(path: "out")
        let outcome = try await Tool.run(
            Tool.url, ["generate", folder.appending(path: "openapi.yaml").path, "--output", output.path] + arguments)
        return ((try? String(contentsOf: output.appending(path: "Models/Pet.swift"), encoding: .utf8)) ?? "", outcome)
    }

    @Test("From the command line and from the configuration, in order")
    func both() async throws {
        try await withFolder { folder in
            try folder.appending(path: "openapi.yaml").write(Descriptions.small())
            try folder.appending(path: "fix.overlay.yaml").write(Self.overlay)
            try folder.appending(path: "config/apus.yaml").write("overlays: [../fix.overlay.yaml]\n")
            try folder.appending(path: "last.yaml").write(
                "overlay: 1.0.0\ninfo: {title: Last, version: '1'}\nactions: [{target: $..age.type, update: string}]\n")
            let byOption = try await models(folder, ["--overlay", folder.appending(path: "fix.overlay.yaml").path])
            #expect(byOption.outcome.errors == "")
            #expect(byOption.text.contains("public var age: Int?") && byOption.text.contains("public var name: String?"))
            let configuration = folder.appending(path: "config/apus.yaml").path
            #expect(try await models(folder, ["--config", configuration]).text == byOption.text)
            let last = try await models(folder, ["--config", configuration, "--overlay", folder.appending(path: "last.yaml").path])
            #expect(last.text.contains("public var age: String?"))
        }
    }

    @Test("What the overlay gets wrong is reported in the overlay")
    func places() async throws {
        try await withFolder { folder in
            try folder.appending(path: "openapi.yaml").write(Descriptions.small())
            let overlay = folder.appending(path: "fix.yaml")
            try overlay.write("overlay: 1.0.0\ninfo: {title: X}\nactions:\n  - target: $.components.schemas.Pet.properties\n    update:\n      age: {type: age}\n")
            let odd = try await models(folder, ["--overlay", overlay.path])
            #expect(odd.outcome.status == 0)
            #expect(odd.outcome.errors.contains("fix.yaml:6:19: warning: `age` is not a type"))
            try overlay.write("overlay: 1.0.0\ninfo: {title: X}\nactions:\n  - target: $.components[schemas]\n    remove: true\n")
            let wrong = try await models(folder, ["--overlay", overlay.path])
            #expect(wrong.outcome.status == 1)
            #expect(wrong.outcome.errors.contains("fix.yaml:4:13: error: `$.components[schemas]` is not a JSONPath: "))
            let missing = try await models(folder, ["--overlay", folder.appending(path: "nope.yaml").path])
            #expect(missing.outcome.status == 1)
            #expect(missing.outcome.errors.contains("nope.yaml: there is no such file"))
        }
    }
}
