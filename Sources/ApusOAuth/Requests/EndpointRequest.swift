import ApusRuntime
import Foundation
import HTTPTypes

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A POST request to an endpoint of the authorization server.
struct EndpointRequest: Sendable {
    /// One parameter. Which values are secret matters where the response repeats
    /// them.
    struct Parameter: Sendable {
        var name: String
        var value: Secret

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = Secret(value)
        }

        init(_ name: String, _ value: Secret) {
            self.name = name
            self.value = value
        }
    }

    /// An authorization server has no reason to send more.
    static let maximumResponseBytes = 262_144

    var endpoint: Endpoint
    var parameters: [Parameter]
    var isJSON: Bool
    /// Whether `client_id` is there however the client authenticates.
    var alwaysNamesClient = false
    /// The value of the field `Authorization`.
    var authorization: Secret?
    /// The value of the field `DPoP` (RFC 9449 section 4.1).
    var proof: String?
    /// What must not be shown again.
    var secrets: [Secret]

    /// What went to the server and what came back.
    struct Exchange: Sendable {
        var request: HTTPRequest
        var head: HTTPResponse
        var body: Data
        var redaction: Redaction

        /// - Parameter bodyExpected: Whether a response without members is a fault.
        func response(bodyExpected: Bool = true) throws(OAuth2Error) -> EndpointResponse {
            try EndpointResponse(head, body: body, redaction: redaction, bodyExpected: bodyExpected)
        }
    }

    /// Sends the request.
    ///
    /// - Parameter limit: For the request and the whole response.
    func post(by transport: any Transport, within limit: Duration) async throws(OAuth2Error) -> Exchange {
        var request = head(.post)
        request.headerFields[.contentType] = isJSON ? "application/json" : "application/x-www-form-urlencoded"
        if let authorization { request.headerFields[.authorization] = authorization.exposed }
        if let proof { request.headerFields[.dpop] = proof }
        return try await send(request, body: HTTPBody(try content()), by: transport, within: limit)
    }

    /// Fetches a document from the endpoint, without parameters.
    func get(
        by transport: any Transport, within limit: Duration = .seconds(30)
    ) async throws(OAuth2Error) -> EndpointResponse {
        var request = head(.get)
        if let authorization { request.headerFields[.authorization] = authorization.exposed }
        if let proof { request.headerFields[.dpop] = proof }
        return try await send(request, body: nil, by: transport, within: limit).response()
    }

    private func head(_ method: HTTPRequest.Method) -> HTTPRequest {
        var request = HTTPRequest(
            method: method, scheme: endpoint.scheme, authority: endpoint.authority, path: endpoint.path
        )
        request.headerFields[.accept] = "application/json"
        return request
    }

    private func send(
        _ request: HTTPRequest, body content: HTTPBody?, by transport: any Transport, within limit: Duration
    ) async throws(OAuth2Error) -> Exchange {
        do {
            // A server that sends a byte now and then keeps within every other limit.
            return try await TimeLimit.run(within: limit, orThrow: URLError(.timedOut)) {
                let (response, body) = try await transport.send(request, body: content)
                let data = try await body.collect(upTo: Self.maximumResponseBytes)
                return Exchange(request: request, head: response, body: data, redaction: Redaction(secrets))
            }
        } catch {
            if error is CancellationError || Task.isCancelled { throw .cancelled }
            throw .transport(error)
        }
    }

    private func content() throws(OAuth2Error) -> Data {
        guard isJSON else {
            let form = parameters
                .map { PercentEncoding.form($0.name) + "=" + PercentEncoding.form($0.value.exposed) }
                .joined(separator: "&")
            return Data(form.utf8)
        }
        // A parameter that a form repeats, such as `resource`, is a list here.
        var members: [String: JSONValue] = [:]
        for (name, same) in Dictionary(grouping: parameters, by: \.name) {
            let values = same.map { JSONValue.string($0.value.exposed) }
            members[name] = values.count == 1 ? values[0] : .array(values)
        }
        do {
            return try JSON.encode(JSONValue.object(members))
        } catch {
            // Strings always have a JSON form; this is for the compiler.
            throw .transport(error)
        }
    }
}
