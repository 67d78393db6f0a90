import Foundation

/// `Pages TABLE SERVER=URL ...`: TABLE is the file that all walks are written to.
/// `Pages --record FILE URL`: FILE is where the recording of Django goes.
@main struct Program {
    static func main() async throws {
        if CommandLine.arguments.count == 4, CommandLine.arguments[1] == "--record" {
            return try await recordDjango(at: CommandLine.arguments[3], to: URL(fileURLWithPath: CommandLine.arguments[2]))
        }
        let walks = Walks()
        for argument in CommandLine.arguments.dropFirst(2) {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            switch parts[0] {
            case "django": await walkDjango(at: parts[1], walks)
            case "airflow": await walkAirflow(at: parts[1], walks)
            case "kinto": await walkKinto(at: parts[1], walks)
            default: print("There is no server \(parts[0])")
            }
        }
        try await Data(walks.table.utf8).write(to: URL(fileURLWithPath: CommandLine.arguments[1]))
        let failures = await walks.failures
        print(failures == 0 ? "All walks came to the end." : "\(failures) failed.")
        exit(failures == 0 ? 0 : 1)
    }
}
