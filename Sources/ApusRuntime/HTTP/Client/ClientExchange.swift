import Foundation
import HTTPTypes

extension ClientCore {
    /// Sends a request through the middlewares and returns the response.
    ///
    /// - Parameter accept: The `Accept` field if the request does not say another.
    func response(to request: Request, accept: String) async throws(CallFailure) -> (HTTPResponse, HTTPBody) {
        if let failure = request.parts.failure { throw .encoding(failure) }
        if Task.isCancelled { throw .cancelled }
        let server = try server(of: request)
        let head = head(of: request, to: server, accept: accept)
        let delivery = Delivery(core: self, server: server, security: request.parts.security ?? security)
        do {
            if middleware.isEmpty { return try await delivery.send(head, request.parts.content) }
            let context = OperationContext(operation: request.operation)
            return try await delivery.pass(head, request.parts.content, through: middleware[...], context)
        } catch {
            throw CallFailure(error)
        }
    }

    private func server(of request: Request) throws(CallFailure) -> ServerLocation {
        do throws(ServerURLError) {
            let own = try location.get()
            return if let url = request.parts.server { try own.server(at: url) } else { own }
        } catch {
            throw .transport(error)
        }
    }

    private func head(of request: Request, to server: ServerLocation, accept: String) -> HTTPRequest {
        var fields = request.parts.fields
        fields.append(HTTPField(name: .accept, value: request.parts.accept ?? accept))
        return HTTPRequest(
            // A name that is no method has been refused as a failure.
            method: request.parts.method.value ?? .get, scheme: server.scheme, authority: server.authority,
            path: server.target(request.parts.target), headerFields: fields)
    }

    /// Reads a body that must fit into memory.
    func collect(_ body: HTTPBody) async throws(CallFailure) -> Data {
        do {
            return try await body.collect(upTo: limits.maximumJSONBodyBytes)
        } catch {
            throw CallFailure(error)
        }
    }

    /// Reads as much of an error's body as is kept.
    func errorResponse(
        _ head: HTTPResponse, _ body: HTTPBody, operation: String
    ) async throws(CallFailure) -> Response {
        let limit = max(limits.maximumErrorBodyBytes, 0)
        var data = Data()
        var isComplete = true
        do {
            if case .data(let all) = body.storage {
                data = all
            } else {
                for try await chunk in body {
                    data.append(contentsOf: chunk)
                    if data.count > limit { break }
                }
            }
        } catch {
            let failure = CallFailure(error)
            if case .cancelled = failure { throw failure }
            // The status says more than the end of the connection.
            isComplete = false
        }
        if data.count > limit {
            data = Data(data.prefix(limit))
            isComplete = false
        }
        return Response(head, body: data, isBodyComplete: isComplete, operation: operation)
    }

    /// The response of an error that has been found after the body was read.
    func response(_ head: HTTPResponse, _ data: Data, operation: String) -> Response {
        let limit = max(limits.maximumErrorBodyBytes, 0)
        guard data.count > limit else { return Response(head, body: data, operation: operation) }
        return Response(head, body: Data(data.prefix(limit)), isBodyComplete: false, operation: operation)
    }
}
