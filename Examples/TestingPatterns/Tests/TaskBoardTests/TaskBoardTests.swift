import ApusRuntime
import ApusTesting
import Foundation
import TaskBoard
import TasksClient
import Testing

@Suite("A view model, with stubs and recordings")
@MainActor
struct BoardModelTests {
    private let stub = Stub<TasksAPI.Client>()

    init() {
        // An operation that nobody stubbed fails the running test.
        TestIssues.install { issue in
            Issue.record("\(issue)", sourceLocation: SourceLocation(
                fileID: issue.location.fileID, filePath: issue.location.filePath, line: issue.location.line, column: issue.location.column))
        }
    }

    @Test("Open tasks are shown")
    func loads() async {
        stub.on(\.listTasks) { call in .ok(call.done == false ? [.example] : []) }
        let model = BoardModel(client: stub.client)
        await model.load()
        #expect(model.state == .loaded([TasksAPI.Task(id: 1, title: "Buy milk", isDone: true)]))
    }

    @Test("What the server says of a task without a title is shown")
    func refuses() async {
        stub.on(\.addTask) { call in
            call.body.title.isEmpty ? .failure(422, TasksAPI.Problem(message: "A task needs a title")) : .example()
        }
        let model = BoardModel(client: stub.client)
        await model.add("")
        #expect(model.state == .failed("A task needs a title"))
    }

    @Test("What a server answered once")
    func recorded() async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recordings/board.json")
        let model = BoardModel(client: .offline(try ReplayTransport(from: file)))
        await model.load()
        #expect(model.state == .loaded([TasksAPI.Task(id: 3, title: "Water the plants", isDone: false)]))
    }

    @Test("Without a server, for previews")
    func preview() async {
        let model = BoardModel(client: .preview)
        await model.load()
        #expect(model.state == .loaded([.example]))
    }
}

@Suite("A service, on a bad day")
struct TaskServiceTests {
    @Test("Everything is finished, whatever goes wrong on the way")
    func finishes() async throws {
        let clock = TestClock()
        let stub = Stub<TasksAPI.Client>()
        stub.on(\.listTasks) { _ in .ok((1...5).map { TasksAPI.Task(id: $0, title: "Task \($0)", isDone: false) }) }
        stub.on(\.finishTask) { call in .ok(TasksAPI.Task(id: call.id, title: "Task \(call.id)", isDone: true)) }
        let chaos = ChaosTransport(stub, seed: 2, rules: [ChaosRule(.refused, probability: 0.4)], clock: clock)
        let client = TasksAPI.Client.offline(chaos).with(clock: clock).with(\.retries, RetryPolicy(maximumRetries: 20))
        #expect(try await TaskService(client: client).finishAll() == 5)
        #expect(stub.calls(to: \.finishTask).map(\.id) == [1, 2, 3, 4, 5])
        #expect(!chaos.events.isEmpty)
    }
}

@Suite("A command line, with an authorization server")
struct CommandLineToolTests {
    private let server = FakeAuthorizationServer(clientSecrets: ["taskboard": ""], users: ["ada": "lovelace"])

    private func tool(_ stub: Stub<TasksAPI.Client>) -> CommandLineTool {
        CommandLineTool(client: TasksAPI.Client(authorization: .login(clientID: "taskboard", store: .memory), transport: server.protecting(stub)))
    }

    @Test("Signs in and lists")
    func lists() async {
        let stub = Stub<TasksAPI.Client>()
        stub.on(\.listTasks) { _ in .ok([.example]) }
        let tool = tool(stub)
        #expect(await tool.run(["login", "ada"], password: "lovelace").text == "signed in as ada")
        #expect(await tool.run(["list"]).text == "x 1 Buy milk")
        // A token that has expired is renewed on the way.
        server.clock.advance(by: .seconds(3_600))
        #expect(await tool.run(["list"]).status == 0)
        #expect(server.requestCounts["/token"] == 2)
    }

    @Test("A wrong password")
    func wrongPassword() async {
        #expect(await tool(Stub()).run(["login", "ada"], password: "byron").status == 1)
    }
}
