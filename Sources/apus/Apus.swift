import ArgumentParser
import Foundation

/// The command line.
@main
struct Apus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apus",
        abstract: "Turns the description of an HTTP API into a Swift client.",
        version: ToolVersion.current,
        subcommands: [Generate.self, Check.self, Diff.self, Init.self, Templates.self],
        defaultSubcommand: nil
    )

    /// Schemas may contain each other thousands of levels deep, and each level
    /// takes a part of the stack: more of it than the main thread has.
    private static let stackSize = 1 << 29

    static func main() {
        let isDone = DispatchSemaphore(value: 0)
        let thread = Thread {
            main(nil)
            isDone.signal()
        }
        thread.stackSize = stackSize
        thread.start()
        isDone.wait()
    }
}

/// The version that generated files name.
enum ToolVersion {
    static let current = "0.1.0"
}
