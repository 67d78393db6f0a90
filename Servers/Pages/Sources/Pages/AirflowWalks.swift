import ApusRuntime
import Foundation

/// Variables of Airflow, by offset.
func walkAirflow(at url: String, _ walks: Walks) async {
    var token = ""
    await walks.walk("Airflow, sign in") {
        let client = Airflow.Client(server: .init(url: url))
        let response = try await client.send(
            .post, "/auth/token", body: HTTPBody(#"{"username":"admin","password":"secret"}"#), security: [])
        let answer = try JSON.decode(JSONValue.self, from: response.body)
        try expect(answer["access_token"]?.string != nil, "\(response.status.code)")
        return "\(response.status.code)"
    }
    if let response = try? await Airflow.Client(server: .init(url: url)).send(
        .post, "/auth/token", body: HTTPBody(#"{"username":"admin","password":"secret"}"#), security: []),
        let answer = try? JSON.decode(JSONValue.self, from: response.body)
    {
        token = answer["access_token"]?.string ?? ""
    }
    let airflow = Airflow.Client(server: .init(url: url), authorization: .httpBearer(Secret(token)))
    await walks.walk("Airflow, by offset") {
        for number in 100..<125 { _ = try await airflow.postVariable(.init(key: "key\(number)", value: "x")) }
        let all = try await collect(airflow.getVariables(.all, limit: 10, orderBy: ["key"]))
        try expect(all.map(\.key) == (100..<125).map { "key\($0)" }, "\(all.map(\.key))")
        return "\(all.count) variables"
    }
    await walks.walk("Airflow, by offset, one deleted before and one added behind") {
        let all = try await collect(airflow.getVariables(.all, limit: 10, orderBy: ["key"]), after: 10) {
            try await airflow.deleteVariable(variableKey: "key103")
            _ = try await airflow.postVariable(.init(key: "key125", value: "x"))
        }
        try expect(all.map(\.key) == (100...125).filter { $0 != 110 }.map { "key\($0)" }, "\(all.map(\.key))")
        return "\(all.count) variables, and the one that moved was passed over, as it is with offsets"
    }
}
