import Clients
import Foundation
import HTTPTypes

/// Carries requests, and remembers those to the endpoints of the authorization
/// server: POST requests that are no request of the API.
final class RecordingTransport: Transport {
    struct Recorded: Sendable {
        let path: String
        let header: HTTPFields
        let body: String
    }

    private let next = URLSessionTransport()
    private let log = Log()

    private actor Log {
        var requests: [Recorded] = []

        func add(_ request: Recorded) { requests.append(request) }
    }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        guard request.method == .post, let body else { return try await next.send(request, body: body) }
        let data = try await body.collect(upTo: 65_536)
        await log.add(
            Recorded(
                path: request.path ?? "", header: request.headerFields, body: String(decoding: data, as: UTF8.self)))
        return try await next.send(request, body: HTTPBody(data))
    }

    var requests: [Recorded] {
        get async { await log.requests }
    }

    /// The requests to the token endpoint of a scheme.
    func tokenRequests(of scheme: OAuth2Scheme) async -> [Recorded] {
        guard let url = scheme.tokenURL else { return [] }
        let path = url.hasPrefix("/") ? url : URL(string: url)?.path ?? url
        return await requests.filter { $0.path.prefix { $0 != "?" } == path }
    }
}
