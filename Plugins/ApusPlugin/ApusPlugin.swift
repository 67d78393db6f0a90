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
        // Of two with one namespace, the second one's command says so.
        let paths = descriptions.map { [path($0.url), $0.configuration(among: files).map(path) ?? ""] }
        return descriptions.enumerated().map { index, description in
            let output = workFolder.appending(path: description.stem)
            let arguments =
                [paths[index][0], path(output), description.stem, "\(description.shards)", paths[index][1]] + paths[..<index].flatMap(\.self)
            return .buildCommand(
                displayName: "Generating the client of \(description.url.lastPathComponent)",
                executable: tool, arguments: arguments,
                inputFiles: companions,
                outputFiles: description.outputNames(configuration: description.configuration(among: files)).map { output.appending(path: $0) })
        }
    }

    private func path(_ url: URL) -> String {
        url.path(percentEncoded: false)
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
