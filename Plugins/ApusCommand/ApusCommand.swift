import PackagePlugin
@main struct ApusCommand: CommandPlugin { func performCommand(context: PluginContext, arguments: [String]) throws {} }
