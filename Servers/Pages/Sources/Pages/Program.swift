import Foundation

@main struct Program {
    static func main() async {
        let walks = Walks()
        for argument in CommandLine.arguments.dropFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            switch parts[0] {
            case "django": await walkDjango(at: parts[1], walks)
            case "airflow": await walkAirflow(at: parts[1], walks)
            case "kinto": await walkKinto(at: parts[1], walks)
            default: print("There is no server \(parts[0])")
            }
        }
        let failures = await walks.failures
        print(failures == 0 ? "All walks came to the end." : "\(failures) failed.")
        exit(failures == 0 ? 0 : 1)
    }
}
