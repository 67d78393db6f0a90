import Emission
import Foundation
import Generation

/// The tool as the build plugin runs it. Its arguments are written by the
/// plugin, so it does without a parser for command lines, which whoever uses
/// the plugin would have to build.
@main
enum GenerateForPlugin {
    static let usage = "usage: apus-generate DESCRIPTION OUTPUT STEM SHARDS [CONFIGURATION]"

    static func main() {
        LargeStack.run { generate() }
    }

    private static func generate() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard 4...5 ~= arguments.count, let shards = Int(arguments[3]), shards > 0 else {
            end(with: usage)
        }
        var generation = ClientGeneration(
            description: arguments[0], output: arguments[1], layout: .shards(stem: arguments[2], count: shards))
        generation.configurationPath = arguments.count == 5 ? arguments[4] : nil
        do {
            _ = try generation.run()
        } catch {
            end(with: "\(error)")
        }
    }

    private static func end(with message: String) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(1)
    }
}
