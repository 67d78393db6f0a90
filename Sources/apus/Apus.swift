import ArgumentParser
import Generation

/// The command line.
@main
struct Apus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apus",
        abstract: "Turns the description of an HTTP API into a Swift client.",
        version: ToolVersion.current,
        subcommands: [Generate.self, Check.self, Diff.self, Init.self, Templates.self, Verify.self],
        defaultSubcommand: nil
    )

    static func main() {
        LargeStack.run { main(nil) }
    }
}
