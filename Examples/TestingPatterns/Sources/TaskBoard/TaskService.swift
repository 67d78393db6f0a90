import ApusRuntime
public import TasksClient

/// Finishes all that is open, a task at a time.
public struct TaskService: Sendable {
    private let client: TasksAPI.Client

    public init(client: TasksAPI.Client) {
        self.client = client
    }

    /// - Returns: How many tasks were finished.
    public func finishAll() async throws -> Int {
        var count = 0
        for task in try await client.listTasks(done: false) {
            _ = try await client.finishTask(id: task.id)
            count += 1
        }
        return count
    }
}
