import Emission
import Generation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The tool as the build plugin runs it. Its arguments are written by the
/// plugin, so it does without a parser for command lines, which whoever uses
/// the plugin would have to build.
@main
enum GenerateForPlugin {
    /// A configuration is empty where there is none. The others are those before this
    /// one in the target, so that a pair of them is looked at once.
    static let usage = "usage: apus-generate DESCRIPTION OUTPUT STEM SHARDS CONFIGURATION [OTHER-DESCRIPTION ITS-CONFIGURATION]..."

    static func main() {
        LargeStack.run { generate() }
    }

    private static func generate() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 5, arguments.count % 2 == 1, let shards = Int(arguments[3]), shards > 0 else {
            end(with: usage)
        }
        var generation = ClientGeneration(
            description: arguments[0], output: arguments[1], layout: .shards(stem: arguments[2], count: shards))
        generation.isPlugin = true
        func path(_ index: Int) -> String? { arguments[index].isEmpty ? nil : arguments[index] }
        generation.configurationPath = path(4)
        generation.siblings = stride(from: 5, to: arguments.count, by: 2).map {
            ClientGeneration.Sibling(description: arguments[$0], configurationPath: path($0 + 1))
        }
        do {
            try generation.run { _ in exit(0) }
        } catch {
            end(with: "\(error)")
        }
    }

    private static func end(with message: String) -> Never {
        StandardError.write(message + "\n")
        exit(1)
    }
}
