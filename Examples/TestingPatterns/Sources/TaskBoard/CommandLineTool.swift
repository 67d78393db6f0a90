import ApusOAuth
import ApusRuntime
public import TasksClient

/// The command line without the process: arguments in, text out.
public struct CommandLineTool: Sendable {
    private let client: TasksAPI.Client

    public init(client: TasksAPI.Client) {
        self.client = client
    }

    public func run(_ arguments: [String], password: String = "") async -> (text: String, status: Int32) {
        do {
            switch arguments.first {
            case "login" where arguments.count == 2:
                try await client.login.signIn(username: arguments[1], password: Secret(password))
                return ("signed in as \(arguments[1])", 0)
            case "list":
                let lines = try await client.listTasks().map { "\($0.isDone ? "x" : " ") \($0.id) \($0.title)" }
                return (lines.joined(separator: "\n"), 0)
            default:
                return ("usage: taskboard login NAME | list", 64)
            }
        } catch {
            return ("\(error)", 1)
        }
    }
}
