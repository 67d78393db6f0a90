import ApusRuntime
public import TasksClient

/// What a view shows of the tasks.
@MainActor
public final class BoardModel {
    public enum State: Equatable {
        case empty
        case loaded([TasksAPI.Task])
        case failed(String)
    }

    public private(set) var state = State.empty
    private let client: TasksAPI.Client

    public init(client: TasksAPI.Client) {
        self.client = client
    }

    public func load() async {
        do throws(APIError<Never>) {
            state = .loaded(try await client.listTasks(done: false))
        } catch {
            state = .failed("The tasks cannot be loaded")
        }
    }

    public func add(_ title: String) async {
        do throws(APIError<TasksAPI.Problem>) {
            let task = try await client.addTask(.init(title: title))
            if case .loaded(let tasks) = state { state = .loaded(tasks + [task]) } else { state = .loaded([task]) }
        } catch {
            if case .documented(let problem, _) = error { state = .failed(problem.message) } else { state = .failed("No connection") }
        }
    }
}
