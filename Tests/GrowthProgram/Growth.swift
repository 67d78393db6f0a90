import Foundation
import Generation
import Growth

/// Whether names stay when the descriptions of a folder grow.
///
///     growth FOLDER [--rounds 100] [--seed 1] [--mode operations|elements|order] [--only ROUND] [--keep FOLDER]
///     growth --history OLD NEW...
@main
struct GrowthProgram {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Descriptions nest more deeply than the main thread's stack allows.
        LargeStack.run {
            do {
                exit(Int32(try run(arguments)))
            } catch {
                print(error)
                exit(2)
            }
        }
    }

    private static func run(_ arguments: [String]) throws -> Int {
        let command = try GrowthCommand(arguments)
        return try command.history.isEmpty ? command.runRounds() : command.printHistory()
    }
}
