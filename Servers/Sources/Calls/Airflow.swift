import ApusOAuth
import ApusRuntime
import Clients
import Foundation

func callAirflow(at url: String, _ call: Calls) async {
    let airflow = Airflow.Client(server: .init(url: url), authorization: .oauth2PasswordBearer(clientID: ""))
    var run = ""

    await call("sign in") { try await airflow.oauth2PasswordBearer.signIn(username: "admin", password: "secret") }
    await call("version, health") {
        let version = try await airflow.getVersion()
        try expect(version.version.hasPrefix("3."), version)
        let health = try await airflow.getHealth()
        try expect(health.metadatabase.status == "healthy", health)
    }
    await call("workflows, a workflow, its source") {
        let all = try await airflow.getDags(limit: 10, orderBy: ["dag_id"])
        try expect(all.dags.map(\.dagID) == ["greeting"] && all.dags.first?.tags.first?.name == "greetings", all)
        let one = try await airflow.getDag(dagID: "greeting")
        try expect(one.isPaused && one.lastParsedTime != nil, one)
        let source = try await airflow.getDagSource(dagID: "greeting")
        try expect(source.content?.contains("def greeting") == true, source)
    }
    await call("variables: create, get, list, change, delete") {
        let made = try await airflow.postVariable(.init(key: "color", value: ["red": 1], description: .value("é")))
        try expect(made.value?.value?.contains("red") == true, made)
        let one = try await airflow.getVariable(variableKey: "color")
        try expect(one.description == "é", one)
        let all = try await airflow.getVariables(variableKeyPattern: "col%")
        try expect(all.totalEntries == 1, all)
        _ = try await airflow.patchVariable(variableKey: "color", updateMask: ["value"], .init(key: "color", value: "blue"))
        try await airflow.deleteVariable(variableKey: "color")
    }
    await call("variables in bulk (a union by constants)") {
        let answer = try await airflow.bulkVariables(
            .init(actions: [
                .bulkCreateActionVariableBody(.init(entities: [.init(key: "a", value: 1), .init(key: "b", value: true)])),
                .bulkUpdateActionVariableBody(.init(entities: [.init(key: "a", value: 2)])),
            ]))
        try expect(answer.create?.value?.success == ["a", "b"] && answer.update?.value?.success == ["a"], answer)
    }
    await call("pools") {
        let made = try await airflow.postPool(.init(name: "small", slots: 2, description: .value("two")))
        try expect(made.slots == 2 && made.openSlots == 2, made)
        let all = try await airflow.getPools(orderBy: ["-name"])
        try expect(all.pools.map(\.name).contains("small"), all)
        try await airflow.deletePool(poolName: "small")
    }
    await call("connections") {
        _ = try await airflow.postConnection(
            .init(connectionID: "db", connType: "postgres", host: .value("localhost"), login: .value("mia"), port: .value(5432)))
        let one = try await airflow.getConnection(connectionID: "db")
        try expect(one.port == 5432 && one.host == "localhost", one)
        let changed = try await airflow.patchConnection(
            connectionID: "db", updateMask: ["host"], .init(connectionID: "db", connType: "postgres", host: .value("127.0.0.1")))
        try expect(changed.host == "127.0.0.1" && changed.port == 5432, changed)
        try await airflow.deleteConnection(connectionID: "db")
    }
    await call("start a run and wait for it") {
        let workflow = try await airflow.patchDag(dagID: "greeting", .init(isPaused: false))
        try expect(!workflow.isPaused, workflow)
        let started = try await airflow.triggerDagRun(
            dagID: "greeting", .init(logicalDate: Date(), conf: .value(["who": "Mia"]), note: .value("by hand")))
        run = started.dagRunID
        try expect(started.conf?["who"] == "Mia" && started.note == "by hand", started)
        for _ in 0..<120 {
            let now = try await airflow.getDagRun(dagID: "greeting", dagRunID: run)
            if now.state == .success { return }
            try expect(now.state != .failed, now)
            try await Task.sleep(for: .milliseconds(500))
        }
        throw Unexpected(description: "the run did not end")
    }
    await call("runs, task instances, their values") {
        let runs = try await airflow.getDagRuns(dagID: "greeting", runAfterGte: Date(timeIntervalSinceNow: -3600), state: ["success"])
        try expect(runs.dagRuns.map(\.dagRunID) == [run], runs)
        let tasks = try await airflow.getTaskInstances(dagID: "greeting", dagRunID: run)
        try expect(Set(tasks.taskInstances.map(\.taskID)) == ["name", "greet"], tasks)
        let value = try await airflow.getXcomEntry(dagID: "greeting", taskID: "name", dagRunID: run, xcomKey: "return_value")
        guard case .xComResponseNative(let native) = value, native.value == "Mia" else { throw Unexpected(description: "\(value)") }
    }
    await call("a log") {
        let log = try await airflow.getLog(dagID: "greeting", dagRunID: run, taskID: "greet", tryNumber: 1)
        guard case .structuredLogMessageArray(let lines) = log.content else { throw Unexpected(description: "\(log)") }
        try expect(lines.contains { $0.event.contains("Hello, Mia") }, lines)
    }
    await call("a log (stream)") {
        var lines = 0
        for try await _ in try await airflow.getLogAsJSONLines(dagID: "greeting", dagRunID: run, taskID: "greet", tryNumber: 1) {
            lines += 1
        }
        try expect(lines > 1, lines)
    }
    await call("error 404: a workflow that is not there") {
        try await expectFailure({ if case .documented = $0 { $0.status?.code == 404 } else { false } }) {
            () async throws(APIError<Airflow.HTTPExceptionResponse>) in try await airflow.getDag(dagID: "none")
        }
    }
    await call("error 409: a run twice") {
        try await expectFailure({ if case .documented = $0 { $0.status?.code == 409 } else { false } }) {
            () async throws(APIError<Airflow.Client.TriggerDagRun.Failure>) in
            try await airflow.triggerDagRun(dagID: "greeting", .init(dagRunID: .value(run), logicalDate: nil))
        }
    }
    await call("error 422: a limit below zero") {
        try await expectFailure({ if case .documented = $0 { $0.status?.code == 422 } else { false } }) {
            () async throws(APIError<Airflow.Client.GetPools.Failure>) in try await airflow.getPools(limit: -1)
        }
    }
    await call("error 401: without a token") {
        let stranger = Airflow.Client(server: .init(url: url))
        try await expectFailure({ $0.status?.code == 401 || $0.response == nil }) {
            () async throws(APIError<Airflow.Client.GetPools.Failure>) in try await stranger.getPools()
        }
    }
}
