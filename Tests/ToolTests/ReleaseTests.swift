import Foundation
import Testing

/// In a repository of its own, with a compiler that only writes down which version it has built.
@Suite("The release script")
struct ReleaseTests {
    private struct Repository {
        let folder: URL
        var output: URL { folder.appending(path: ".build-release") }
        var compiler: URL { folder.deletingLastPathComponent().appending(path: "compiler") }

        func run(_ command: String...) async throws -> Tool.Outcome {
            try await Tool.run(URL(filePath: "/usr/bin/env"), command, in: folder)
        }

        func git(_ arguments: String...) async throws -> String {
            try await Tool.run(URL(filePath: "/usr/bin/env"), ["git"] + arguments, in: folder).output
        }

        func release(_ arguments: String...) async throws -> Tool.Outcome {
            try await Tool.run(
                URL(filePath: "/usr/bin/env"),
                ["SWIFT=\(compiler.path)", "python3", folder.appending(path: "Scripts/release").path] + arguments, in: folder)
        }

        /// A bundle as Scripts/bundle makes one on another machine.
        func bundle(_ machine: String, version: String) throws -> String {
            let bundle = folder.deletingLastPathComponent().appending(path: "\(machine)-\(version)/apus-generate.artifactbundle")
            let executable = "apus-generate-\(version)-\(machine)/bin/apus-generate"
            try bundle.appending(path: executable).write("\(version) for \(machine)\n")
            try bundle.appending(path: "info.json").write(
                """
                {"schemaVersion": "1.0", "artifacts": {"apus-generate": {"type": "executable", "version": "\(version)", "variants": [
                  {"path": "\(executable)", "supportedTriples": ["\(machine)"]}]}}}
                """)
            return bundle.path
        }

        func checksum() async throws -> String {
            try await run("swift", "package", "compute-checksum", output.appending(path: "apus-generate.artifactbundle.zip").path)
                .output.trimmingCharacters(in: .whitespacesAndNewlines)
        }

        /// The bundle's executables, one after the other.
        func built() throws -> String {
            let bundle = output.appending(path: "apus-generate.artifactbundle")
            let files = (FileManager.default.enumerator(atPath: bundle.path)?.allObjects as? [String] ?? []).filter { $0.hasSuffix("bin/apus-generate") }
            return try files.sorted().map { try String(contentsOf: bundle.appending(path: $0), encoding: .utf8) }.joined()
        }

        /// What a release may change and a failed one must not.
        func state() async throws -> [String] {
            [
                try await git("log", "--all", "--oneline"), try await git("tag"), try await git("status", "--porcelain"),
                try await git("worktree", "list"),
            ]
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
            // Called as `swift build --package-path P --scratch-path S … [--show-bin-path]`.
            try repository.compiler.write(
                """
                #!/bin/sh
                for last; do :; done
                mkdir -p "$5/bin"
                [ "$last" = --show-bin-path ] && { echo "$5/bin"; exit; }
                sed -n 's/.*current = "\\(.*\\)"/\\1 built/p' "$3/Sources/Generation/ToolVersion.swift" > "$5/bin/apus-generate"
                """)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: repository.compiler.path)
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

    @Test("A dry run builds the bundle of the new version, computes its checksum, and changes nothing in the repository")
    func dryRun() async throws {
        try await withRepository { repository in
            let before = try await repository.git("log", "--oneline")
            let outcome = try await repository.release("0.2.0", "--dry-run", "--url", "https://downloads.example")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try repository.built() == "0.2.0 built\n")
            let checksum = try await repository.checksum()
            #expect(checksum.count == 64 && outcome.output.contains("checksum \(checksum)\n"))
            let package = repository.output.appending(path: "apus-prebuilt")
            let manifest = try String(contentsOf: package.appending(path: "Package.swift"), encoding: .utf8)
            #expect(manifest.contains("url: \"https://downloads.example/0.2.0/apus-generate.artifactbundle.zip\", checksum: \"\(checksum)\""))
            #expect(!manifest.contains("path: \"Binaries"))
            #expect(FileManager.default.fileExists(atPath: package.appending(path: "Plugins/ApusPrebuiltPlugin/ApusPlugin.swift").path))
            #expect(try await repository.git("log", "--oneline") == before)
            #expect(try await repository.git("tag").isEmpty)
            #expect(try await repository.git("status", "--porcelain").isEmpty)
            #expect(try await repository.git("worktree", "list").split(separator: "\n").count == 1)
        }
    }

    @Test("The tag holds the version and the checksum of the bundle that was built of it")
    func release() async throws {
        try await withRepository { repository in
            let outcome = try await repository.release("0.2.0", "--url", "https://downloads.example")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try await repository.git("tag") == "0.2.0\n")
            #expect(try repository.built() == "0.2.0 built\n")
            #expect(try await repository.git("show", "0.2.0:Sources/Generation/ToolVersion.swift").contains("current = \"0.2.0\""))
            #expect(try await repository.git("show", "0.2.0:CHANGELOG.md").contains("## Unreleased\n\n## 0.2.0 ("))
            let checksum = try await repository.checksum()
            #expect(
                try await repository.git("show", "0.2.0:Prebuilt/Package.swift").contains(
                    "url: \"https://downloads.example/0.2.0/apus-generate.artifactbundle.zip\", checksum: \"\(checksum)\""))
            // Who works on the branch goes on with the bundle beside the package.
            #expect(try await repository.git("log", "-1", "--format=%s") == "Version 0.2.0\n")
            #expect(try await repository.git("rev-parse", "HEAD") == repository.git("rev-parse", "0.2.0^"))
            #expect(try await repository.git("show", "HEAD:Prebuilt/Package.swift").contains("path: \"Binaries"))
            #expect(try await repository.git("status", "--porcelain").isEmpty)

            let again = try await repository.release("0.2.0")
            #expect(again.status == 1 && again.errors.contains("0.2.0 is released already"))
            let empty = try await repository.release("0.3.0")
            #expect(empty.status == 1 && empty.errors.contains("nothing under \"Unreleased\""))
        }
    }

    @Test("Bundles of several machines are those of the commit that has the version")
    func severalMachines() async throws {
        try await withRepository { repository in
            let old = try repository.bundle("linux", version: "0.1.0")
            let early = try await repository.release("0.2.0", "--bundle", old)
            #expect(early.status == 1 && early.errors.contains("run release 0.2.0 --prepare first"))
            #expect(try await repository.release("0.2.0", "--prepare").status == 0)
            #expect(try await repository.git("log", "-1", "--format=%s") == "Version 0.2.0\n")
            #expect(try await repository.git("tag").isEmpty)

            let before = try await repository.state()
            let stale = try await repository.release("0.2.0", "--bundle", old)
            #expect(stale.status == 1 && stale.errors.contains("has version 0.1.0, and not 0.2.0"))
            #expect(try await repository.state() == before)

            let linux = try repository.bundle("linux", version: "0.2.0")
            let macOS = try repository.bundle("macos", version: "0.2.0")
            let outcome = try await repository.release("0.2.0", "--bundle", linux, "--bundle", macOS)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try repository.built() == "0.2.0 for linux\n0.2.0 for macos\n")
            #expect(try await repository.git("show", "0.2.0:Prebuilt/Package.swift").contains("checksum: \"\(repository.checksum())\""))
            #expect(try await repository.git("log", "-1", "--format=%s") == "Version 0.2.0\n")
        }
    }

    @Test("Where the tool does not build, the repository is as it was")
    func brokenBuild() async throws {
        try await withRepository { repository in
            try repository.compiler.write("#!/bin/sh\nexit 1\n")
            let before = try await repository.state()
            let outcome = try await repository.release("0.2.0")
            #expect(outcome.status == 1 && outcome.errors.contains("there is no bundle; nothing was released"))
            #expect(try await repository.state() == before)
        }
    }

    @Test("What is not a version, and a tree with changes, are refused")
    func refused() async throws {
        try await withRepository { repository in
            #expect(try await repository.release("1.0").errors.contains("is not a semantic version"))
            try repository.folder.appending(path: "CHANGELOG.md").write("")
            #expect(try await repository.release("1.0.0").errors.contains("not committed"))
        }
    }
}
