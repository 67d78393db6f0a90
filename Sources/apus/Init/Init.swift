import ArgumentParser
import Foundation
import Generation
import Source

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start a package with a client that builds, or write an apus.yaml with every setting explained.",
        discussion: "It asks nothing, and overwrites nothing.")

    @Argument(help: "The folder of the new package.")
    var folder = "."

    @Option(help: "The OpenAPI description to start from: a file or a URL. Without it, a small one to change is written.")
    var from: String?

    @Option(help: "The executable's name; by default that of the folder.")
    var name: String?

    @Option(help: "The transport that sends requests.")
    var transport = PackageSample.Transport.default

    @Option(
        name: .customLong("package"),
        help: "Apus's own package: the URL of its repository, or a folder. By default the folder that this tool was built in.")
    var apusPackage: String?

    @Flag(help: "Write only apus.yaml, for an existing package.")
    var settings = false

    func run() throws {
        do {
            let files = settings ? ["apus.yaml": Array(SettingsFile.text(accessLevel: "public").utf8)] : try packageFiles()
            try write(files)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(1)
        }
    }

    private func packageFiles() throws -> [String: [UInt8]] {
        let folderName = URL(filePath: folder).standardizedFileURL.lastPathComponent
        let package = try apusPackage ?? builtFrom()
        var description = (bytes: Array(SampleDescription.text.utf8), path: "openapi.yaml")
        if let from {
            description = try read(from)
        }
        let pipeline = Pipeline()
        let result = try pipeline.run(description.bytes, path: description.path, configuration: Configuration())
        if !result.isOneFile {
            FileHandle.standardError.write(Data("note: the description refers to other files; copy them beside it\n".utf8))
        }
        let sample = PackageSample(
            module: result.module, name: PackageSample.targetName(name ?? folderName, besides: result.module.namespace), package: package,
            transport: transport)
        return [
            "Package.swift": Array(sample.manifest.utf8),
            ".gitignore": Array(".build\n".utf8),
            "Sources/\(sample.name)/App.swift": Array(sample.program.utf8),
            "Sources/\(sample.name)/apus.yaml": Array(SettingsFile.text(accessLevel: "internal").utf8),
            "Sources/\(sample.name)/openapi.\(description.bytes.first == UInt8(ascii: "{") ? "json" : "yaml")": description.bytes,
        ]
    }

    private func read(_ source: String) throws -> (bytes: [UInt8], path: String) {
        let isLocal = source.hasPrefix("file://")
        guard isLocal || !source.contains("://") else {
            let fetched = try RemoteFile.fetch(source)
            return (fetched.bytes, fetched.url)
        }
        let url = (isLocal ? URL(string: source) : nil) ?? URL(filePath: source)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw SourceError(location: nil, message: "there is no file \(source)", hint: "check the path")
        }
        guard !isFolder.boolValue else {
            throw SourceError(location: nil, message: "\(source) is a folder", hint: "give the description's file")
        }
        do {
            return (Array(try Data(contentsOf: url)), isLocal ? url.path : source)
        } catch {
            throw SourceError(location: nil, message: "\(source) cannot be read", hint: "check its permissions")
        }
    }

    /// The checkout that this tool was built in, where it is still there.
    private func builtFrom() throws(SourceError) -> String {
        let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
        guard FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) else {
            throw SourceError(
                location: nil, message: "the folder that this tool was built in is gone",
                hint: "give the URL of Apus's repository, or a folder with it, with --package")
        }
        return root.path
    }

    private func write(_ files: [String: [UInt8]]) throws {
        let base = URL(filePath: folder)
        let sorted = files.sorted { $0.key < $1.key }.filter { $0.key != ".gitignore" || !exists(base.appending(path: $0.key)) }
        // All or nothing.
        for (path, _) in sorted where exists(base.appending(path: path)) {
            throw SourceError(
                location: nil, message: "\(folder)/\(path) exists already; nothing was written",
                hint: settings ? "change that one" : "with --settings only apus.yaml is written")
        }
        for (path, content) in sorted {
            let url = base.appending(path: path)
            do {
                try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(content).write(to: url, options: .withoutOverwriting)
            } catch {
                throw SourceError(location: nil, message: "\(folder)/\(path) cannot be written", hint: "check who may write there")
            }
            print("wrote \(folder == "." ? "" : folder + "/")\(path)")
        }
        if !settings { print("next: swift run --package-path \(folder.contains(" ") ? "'\(folder)'" : folder)") }
    }

    private func exists(_ url: URL) -> Bool {
        FileManager.default.fileExists(atPath: url.path)
    }
}
