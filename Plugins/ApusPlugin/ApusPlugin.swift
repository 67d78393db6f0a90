import PackagePlugin
@main struct ApusPlugin: BuildToolPlugin { func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] { [] } }
