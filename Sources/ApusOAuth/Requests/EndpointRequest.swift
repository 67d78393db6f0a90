import ApusRuntime
import Foundation
import HTTPTypes

/// A POST request to an endpoint of the authorization server.
struct EndpointRequest: Sendable {
    /// One parameter. Which values are secret matters where the answer repeats
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
    static let maximumAnswerBytes = 262_144

    var endpoint: Endpoint
    var parameters: [Parameter]
    var isJSON: Bool
    /// The value of the field `Authorization`.
    var authorization: Secret?
    /// What must not be shown again.
    var secrets: [Secret]

    /// Sends the request.
    ///
    /// - Parameter bodyExpected: Whether an answer without members is a fault.
    func send(by transport: any Transport, bodyExpected: Bool = true) async throws(OAuth2Error) -> EndpointAnswer {
        var request = HTTPRequest(
            method: .post, scheme: endpoint.scheme, authority: endpoint.authority, path: endpoint.path
        )
        request.headerFields[.accept] = "application/json"
        request.headerFields[.contentType] = isJSON ? "application/json" : "application/x-www-form-urlencoded"
        if let authorization { request.headerFields[.authorization] = authorization.exposed }
        return try await send(request, body: HTTPBody(try content()), by: transport, bodyExpected: bodyExpected)
    }

    /// Fetches a document from the endpoint, without parameters.
    func get(by transport: any Transport) async throws(OAuth2Error) -> EndpointAnswer {
        var request = HTTPRequest(
            method: .get, scheme: endpoint.scheme, authority: endpoint.authority, path: endpoint.path
        )
        request.headerFields[.accept] = "application/json"
        return try await send(request, body: nil, by: transport, bodyExpected: true)
    }

    private func send(
        _ request: HTTPRequest, body content: HTTPBody?, by transport: any Transport, bodyExpected: Bool
    ) async throws(OAuth2Error) -> EndpointAnswer {
        let response: HTTPResponse
        let data: Data
        do {
            let body: HTTPBody
            (response, body) = try await transport.send(request, body: content)
            data = try await body.collect(upTo: Self.maximumAnswerBytes)
        } catch {
            if error is CancellationError || Task.isCancelled { throw .cancelled }
            throw .transport(error)
        }
        return try EndpointAnswer(response, body: data, redaction: Redaction(secrets), bodyExpected: bodyExpected)
    }

    private func content() throws(OAuth2Error) -> Data {
        guard isJSON else {
            let form = parameters
                .map { PercentEncoding.form($0.name) + "=" + PercentEncoding.form($0.value.exposed) }
                .joined(separator: "&")
            return Data(form.utf8)
        }
        let members = Dictionary(parameters.map { ($0.name, JSONValue.string($0.value.exposed)) }) { first, _ in first }
        do {
            return try JSON.encode(JSONValue.object(members))
        } catch {
            // Strings always have a JSON form; this is for the compiler.
            throw .transport(error)
        }
    }
}
