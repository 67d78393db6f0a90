import Foundation
import Testing

@Suite("The tool and bad input: one clear message, exit code 1, nothing written")
struct BadInputTests {
    private func refusal(_ description: URL, in folder: URL) async throws -> String {
        let output = folder.appending(path: "out")
        let outcome = try await Tool.apus("generate", description.path, "--output", output.path)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: output.path))
        return outcome.errors
    }

    @Test(
        "Contents",
        arguments: [
            ("", "the file is empty"),
            ("openapi: 4.0.0\ninfo: {title: x, version: '1'}\npaths: {}\n", "4.0.0"),
            ("swagger: '1.2'\ninfo: {title: x, version: '1'}\npaths: {}\n", "1.2"),
            ("a: b: c\n", "not valid YAML"),
            ("openapi: 3.0.0\npaths:\n\t/a: {}\n", "a tab"),
            ("{\"openapi\": \"3.0.0\",", "not valid"),
            ("- 1\n- 2\n", "error: "),
            ("just some words\n", "error: "),
            ("<!doctype html><html></html>", "HTML"),
        ])
    func contents(text: String, message: String) async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "openapi.yaml")
            try file.write(text)
            let error = try await refusal(file, in: folder)
            #expect(error.contains(message), "\(error)")
            // A place and a hint.
            #expect(error.hasPrefix("\(file.path):"), "\(error)")
            #expect(error.contains("(") && error.contains(")"), "\(error)")
        }
    }

    @Test("A PNG")
    func image() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "logo.png")
            try Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]).write(to: file)
            #expect(try await refusal(file, in: folder).contains("a PNG image"))
        }
    }

    @Test("A line of 10 MB", arguments: ["x", "["])
    func longLine(character: String) async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "openapi.yaml")
            try file.write(String(repeating: character, count: 10_000_000))
            let error = try await refusal(file, in: folder)
            #expect(error.utf8.count < 2_000)
        }
    }

    @Test("A directory, a file that is missing, one that cannot be read")
    func files() async throws {
        try await withFolder { folder in
            let inner = folder.appending(path: "inner")
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            #expect(try await refusal(inner, in: folder).contains("this is a directory"))
            #expect(try await refusal(folder.appending(path: "missing.yaml"), in: folder).contains("no such file"))
            #if os(Linux)
                // Not even the superuser can read this one.
                #expect(try await refusal(URL(filePath: "/proc/self/mem"), in: folder).contains("cannot be read"))
            #endif
        }
    }

    @Test("An output folder that cannot be written to")
    func output() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "openapi.yaml")
            try file.write(Descriptions.small())
            let obstacle = folder.appending(path: "obstacle")
            try obstacle.write("a file, not a folder")
            let before = folder.snapshot.mapValues(\.content)
            let outcome = try await Tool.apus("generate", file.path, "--output", obstacle.path)
            #expect(outcome.status == 1)
            #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
            #expect(outcome.errors.contains("obstacle"))
            #expect(folder.snapshot.mapValues(\.content) == before)
        }
    }

    @Test("What cannot be written half is not written at all")
    func halfWritten() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "openapi.yaml")
            let output = folder.appending(path: "out")
            try file.write(Descriptions.small())
            #expect(try await Tool.apus("generate", file.path, "--output", output.path).status == 0)
            // A folder stands where a changed file has to go.
            let blocked = output.appending(path: "Models/Pet.swift")
            try FileManager.default.removeItem(at: blocked)
            try FileManager.default.createDirectory(at: blocked.appending(path: "x"), withIntermediateDirectories: true)
            let outcome = try await Tool.apus("generate", file.path, "--output", output.path)
            #expect(outcome.status == 1)
            #expect(!output.snapshot.keys.contains { $0.hasSuffix(".new") })
        }
    }

    @Test("Mistakes in the configuration")
    func configuration() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "openapi.yaml")
            try file.write(Descriptions.small())
            let configuration = folder.appending(path: "apus.yaml")
            try configuration.write("nameSpace: Foo\n")
            let outcome = try await Tool.apus(
                "generate", file.path, "--output", folder.appending(path: "out").path, "--config", configuration.path)
            #expect(outcome.status == 1)
            #expect(outcome.errors.hasPrefix("\(configuration.path):1:1: error:"), "\(outcome.errors)")
        }
    }
}
