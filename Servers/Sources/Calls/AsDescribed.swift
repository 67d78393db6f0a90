import ApusRuntime
import AsDescribed
import Clients
import Foundation
import HTTPTypes

// What the overlays mend, called without them: each call fails by what the description says.

func callPowerDNSAsDescribed(at url: String, _ call: Calls) async {
    let dns = PowerDNSAsDescribed.Client(server: .init(url: url + "/api/v1"), authorization: .apiKeyHeader("secret"))
    let (server, zone) = ("localhost", "example.net.")
    await call("create a zone") {
        _ = try await dns.createZone(serverID: server, .init(name: zone, kind: .native, nameservers: ["ns1.example.net."]))
    }
    await call("a zone") { _ = try await dns.listZone(serverID: server, zoneID: zone) }
    await call("export") { _ = try await dns.axfrExportZone(serverID: server, zoneID: zone) }
    await call("rectify") { _ = try await dns.rectifyZone(serverID: server, zoneID: zone) }
    await call("autoprimaries: list") { _ = try await dns.getAutoprimaries(serverID: server) }
}

func callJupyterAsDescribed(at url: String, _ call: Calls) async {
    await call("status") { _ = try await JupyterAsDescribed.Client(server: .init(url: url)).getAPIStatus() }
    // What else is wrong shows with the token.
    let jupyter = JupyterAsDescribed.Client(server: .init(url: url), middleware: [Token(value: "token secret")])
    await call("the root folder") { _ = try await jupyter.getAPIContentsByPath(path: "") }
    await call("get without content") { _ = try await jupyter.getAPIContentsByPath(path: "notes.txt", content: 0) }
    await call("get a notebook") { _ = try await jupyter.getAPIContentsByPath(path: "one.ipynb") }
}

func callChromaAsDescribed(at url: String, _ call: Calls) async {
    let chroma = ChromaAsDescribed.Client(server: .init(url: url))
    await call("list databases") { _ = try await chroma.listDatabases(tenant: "default_tenant") }
}

/// Sends the token that the description does not know of.
private struct Token: Middleware {
    let value: String

    func intercept(
        _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
        next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody) {
        var request = request
        request.headerFields[.authorization] = value
        return try await next(request, body)
    }
}
