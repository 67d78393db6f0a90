import Foundation
import PackagePlugin

/// Generates the client of every description in a target before it is built.
///
/// A description is a file called `openapi` or `SOMETHING.openapi`, ending in
/// `.yaml`, `.yml` or `.json`. Its configuration is `apus.yaml`, or
/// `SOMETHING.apus.yaml`, in the same folder.
@main
struct ApusPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SourceModuleTarget else { return [] }
        return try commands(
            files: target.sourceFiles.map(\.url), targetName: target.name,
            tool: try context.tool(named: "apus-generate").url, workFolder: context.pluginWorkDirectoryURL)
    }

    private func commands(files: [URL], targetName: String, tool: URL, workFolder: URL) throws -> [Command] {
        let descriptions = Description.all(among: files)
        guard !descriptions.isEmpty else {
            Diagnostics.error(
                "\(targetName) has no API description: add a file called openapi.yaml (or .yml, .json), or exclude the plugin"
            )
            return []
        }
        // A description may refer to any file beside it.
        let companions = files.filter { ["yaml", "yml", "json"].contains($0.pathExtension.lowercased()) }
        return descriptions.map { description in
            let output = workFolder.appending(path: description.stem)
            var arguments = [
                description.url.path(percentEncoded: false), output.path(percentEncoded: false), description.stem,
                "\(description.shards)",
            ]
            if let configuration = description.configuration(among: files) {
                arguments.append(configuration.path(percentEncoded: false))
            }
            return .buildCommand(
                displayName: "Generating the client of \(description.url.lastPathComponent)",
                executable: tool, arguments: arguments,
                inputFiles: companions,
                outputFiles: description.outputNames.map { output.appending(path: $0) })
        }
    }
}

#if canImport(XcodeProjectPlugin)
    import XcodeProjectPlugin

    extension ApusPlugin: XcodeBuildToolPlugin {
        func createBuildCommands(context: XcodePluginContext, target: XcodeTarget) throws -> [Command] {
            try commands(
                files: target.inputFiles.map(\.url), targetName: target.displayName,
                tool: try context.tool(named: "apus-generate").url, workFolder: context.pluginWorkDirectoryURL)
        }
    }
#endif
