import Foundation
import TaskBoard
import TasksClient

@main
enum Main {
    static func main() async {
        let client = TasksAPI.Client(authorization: .login(clientID: "taskboard", store: .memory))
        let password = ProcessInfo.processInfo.environment["TASKBOARD_PASSWORD"] ?? ""
        let (text, status) = await CommandLineTool(client: client).run(Array(CommandLine.arguments.dropFirst()), password: password)
        print(text)
        exit(status)
    }
}
