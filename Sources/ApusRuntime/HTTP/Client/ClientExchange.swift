import Foundation
import HTTPTypes

extension ClientCore {
    /// Makes a call: sends a request through the middlewares until there is a
    /// response that is good, or that nothing better can be hoped for.
    ///
    /// - Parameters:
    ///   - accept: The `Accept` field if the request does not say another.
    ///   - use: What is done with the body of a response, by its status.
    func call(
        _ request: Request, accept: String, isEventStream: Bool = false, use: @escaping @Sendable (Int) -> BodyUse
    ) async throws(FailedCall) -> Answer {
        if let failure = request.parts.failure { throw FailedCall(failure: .encoding(failure), record: nil) }
        if Task.isCancelled { throw FailedCall(failure: .cancelled, record: nil) }
        let own: ServerLocation
        let server: ServerLocation
        do throws(ServerURLError) {
            own = if let url = options.serverURL { try ServerLocation(url) } else { try location.get() }
            server = if let url = request.parts.server { try own.server(at: url) } else { own }
        } catch {
            throw FailedCall(failure: .transport(error), record: nil)
        }
        var head = head(of: request, to: server, accept: accept)
        let key = idempotencyKey(of: request, in: &head)
        let delivery = Delivery(
            core: self, server: server, isForeign: isForeign(server, to: own), security: request.parts.security ?? security)
        return try await CallLoop(
            core: self, request: request, delivery: delivery, head: head, idempotencyKey: key,
            isEventStream: isEventStream, use: use
        ).observed()
    }

    private func head(of request: Request, to server: ServerLocation, accept: String) -> HTTPRequest {
        var fields = request.parts.fields
        fields.append(HTTPField(name: .accept, value: request.parts.accept ?? accept))
        if let userAgent = options.userAgent, !fields.contains(.userAgent) {
            fields.append(HTTPField(name: .userAgent, value: userAgent))
        }
        if !options.headerFields.isEmpty {
            for name in Set(options.headerFields.map(\.name)) { fields[fields: name] = options.headerFields[fields: name] }
        }
        var path = request.parts.isWholeTarget ? request.parts.target : server.target(request.parts.target)
        for (name, value) in options.query {
            let hasQuery = path.contains("?")
            // A URL that the server gave has what it wants to be asked for already.
            if request.parts.isWholeTarget, hasQuery, request.hasQuery(name) { continue }
            path += hasQuery ? "&" : "?"
            PercentEncoding.append(name, to: &path, keeping: .unreserved)
            path += "="
            PercentEncoding.append(value, to: &path, keeping: .unreserved)
        }
        return HTTPRequest(
            // A name that is not a method has been refused as a failure.
            method: request.parts.method.value ?? .get, scheme: server.scheme, authority: server.authority,
            path: path, headerFields: fields)
    }

    /// The call's idempotency key, the same in all attempts; a new one where
    /// the caller gives none. `nil` where nothing says that the server knows them.
    private func idempotencyKey(of request: Request, in head: inout HTTPRequest) -> String? {
        let described = request.parts.idempotencyKeyHeader.flatMap { HTTPField.Name($0.description) }
        let isWrite = head.method == .post || head.method == .patch
        let name: HTTPField.Name
        if let described {
            name = described
        } else if isWrite, let configured = options.idempotencyKeyHeader {
            name = configured
        } else if options.idempotencyKey != nil || isWrite && head.headerFields.contains(.idempotencyKey) {
            name = .idempotencyKey
        } else {
            return nil
        }
        if let own = head.headerFields[name] { return own }
        let key = options.idempotencyKey ?? environment.makeKey()
        head.headerFields[name] = key
        return key
    }

    /// Whether a server is on an origin that nobody chose to send credentials to.
    private func isForeign(_ server: ServerLocation, to own: ServerLocation) -> Bool {
        if server.scheme == own.scheme, server.authority == own.authority { return false }
        let origin = Origin(scheme: server.scheme, authority: server.authority)
        if origin == Origin(scheme: own.scheme, authority: own.authority) { return false }
        return !options.credentialOrigins.contains { Origin(url: $0) == origin }
    }

    /// Reads a body that must fit into memory.
    func collect(_ body: HTTPBody) async throws(CallFailure) -> Data {
        do {
            return try await body.collect(upTo: limits.maximumJSONBodyBytes)
        } catch {
            throw CallFailure(error)
        }
    }

    /// Reads a body to its end: a server that works while it answers, such as
    /// one that builds what was sent, stops where the client hangs up. The
    /// beginning is kept if somebody looks at the response.
    func finish(
        _ body: HTTPBody, of head: HTTPResponse, operation: String
    ) async throws(CallFailure) -> Response {
        if body.length == 0 { return Response(head, body: Data(), operation: operation) }
        let limit = limits.maximumJSONBodyBytes
        let keeps = recorder == nil ? 0 : max(limits.maximumErrorBodyBytes, 0)
        var kept = Data()
        var count = 0
        do {
            for try await chunk in body {
                guard chunk.count <= limit - count else { throw HTTPBodyError.tooLarge(limit: limit) }
                count += chunk.count
                if kept.count < keeps { kept.append(contentsOf: chunk.prefix(keeps - kept.count)) }
            }
        } catch {
            throw CallFailure(error)
        }
        return Response(head, body: kept, isBodyComplete: kept.count == count, operation: operation)
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
}

extension HTTPField.Name {
    /// IETF httpapi idempotency-key-header draft 7.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
}
