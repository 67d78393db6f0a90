import Foundation
import Testing

/// In a repository of its own, with a bundle that stands for a real one.
@Suite("The release script")
struct ReleaseTests {
    private struct Repository {
        let folder: URL
        var bundle: URL { folder.deletingLastPathComponent().appending(path: "built/apus-generate.artifactbundle") }

        func run(_ command: String...) async throws -> Tool.Outcome {
            try await Tool.run(URL(filePath: "/usr/bin/env"), command, in: folder)
        }

        func release(_ arguments: String...) async throws -> Tool.Outcome {
            try await Tool.run(
                URL(filePath: "/usr/bin/env"), ["python3", folder.appending(path: "Scripts/release").path] + arguments + ["--bundle", bundle.path],
                in: folder)
        }
    }

    private func withRepository(_ body: (Repository) async throws -> Void) async throws {
        try await withFolder { folder in
            let repository = Repository(folder: folder.appending(path: "repository"))
            for path in [
                "Scripts/release", "Scripts/bundle", "LICENSE", "Prebuilt/Package.swift", "Prebuilt/Plugins", "Plugins", ".gitignore",
            ] {
                let copy = repository.folder.appending(path: path)
                try FileManager.default.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.copyItem(at: Descriptions.root.appending(path: path), to: copy)
            }
            try repository.folder.appending(path: "Sources/Generation/ToolVersion.swift").write("static let current = \"0.1.0\"\n")
            try repository.folder.appending(path: "CHANGELOG.md").write("# Changelog\n\n## Unreleased\n\n- Everything.\n")
            let executable = "apus-generate-0.1.0-linux-x86_64/bin/apus-generate"
            try repository.bundle.appending(path: executable).write("#!/bin/sh\n")
            try repository.bundle.appending(path: "info.json").write(
                """
                {"schemaVersion": "1.0", "artifacts": {"apus-generate": {"type": "executable", "version": "0.1.0", "variants": [
                  {"path": "\(executable)", "supportedTriples": ["x86_64-unknown-linux-gnu"]}]}}}
                """)
            for command in [
                ["git", "init", "--quiet"], ["git", "config", "user.email", "a@example.com"], ["git", "config", "user.name", "A"], ["git", "add", "."],
                ["git", "commit", "--quiet", "--message", "All"],
            ] {
                let outcome = try await Tool.run(URL(filePath: "/usr/bin/env"), command, in: repository.folder)
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            try await body(repository)
        }
    }

    @Test("A dry run makes the zip and its checksum, and changes nothing in the repository")
    func dryRun() async throws {
        try await withRepository { repository in
            let before = try await repository.run("git", "log", "--oneline").output
            let outcome = try await repository.release("0.1.0", "--dry-run", "--url", "https://downloads.example")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let output = repository.folder.appending(path: ".build-release")
            let computed = try await repository.run(
                "swift", "package", "compute-checksum", output.appending(path: "apus-generate.artifactbundle.zip").path)
            let checksum = computed.output.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(checksum.count == 64 && outcome.output.contains("checksum \(checksum)\n"))
            let manifest = try String(contentsOf: output.appending(path: "apus-prebuilt/Package.swift"), encoding: .utf8)
            #expect(manifest.contains("url: \"https://downloads.example/0.1.0/apus-generate.artifactbundle.zip\", checksum: \"\(checksum)\""))
            #expect(!manifest.contains("path: \"Binaries"))
            #expect(
                FileManager.default.fileExists(atPath: output.appending(path: "apus-prebuilt/Plugins/ApusPrebuiltPlugin/ApusPlugin.swift").path))
            #expect(try await repository.run("git", "log", "--oneline").output == before)
            #expect(try await repository.run("git", "tag").output.isEmpty)
            #expect(try await repository.run("git", "status", "--porcelain").output.isEmpty)
        }
    }

    @Test("A release commits the version and the changelog, and tags them")
    func release() async throws {
        try await withRepository { repository in
            let outcome = try await repository.release("0.1.0")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try await repository.run("git", "tag").output == "0.1.0\n")
            #expect(try await repository.run("git", "log", "-1", "--format=%s").output == "Version 0.1.0\n")
            let changelog = try String(contentsOf: repository.folder.appending(path: "CHANGELOG.md"), encoding: .utf8)
            #expect(changelog.contains("## Unreleased\n\n## 0.1.0 ("))

            let again = try await repository.release("0.1.0")
            #expect(again.status == 1 && again.errors.contains("0.1.0 is released already"))
            let empty = try await repository.release("0.2.0")
            #expect(empty.status == 1 && empty.errors.contains("nothing under \"Unreleased\""))
        }
    }

    @Test("What is no version, and a tree with changes, are refused")
    func refused() async throws {
        try await withRepository { repository in
            #expect(try await repository.release("1.0").errors.contains("is not a semantic version"))
            try repository.folder.appending(path: "CHANGELOG.md").write("")
            #expect(try await repository.release("1.0.0").errors.contains("not committed"))
        }
    }
}
