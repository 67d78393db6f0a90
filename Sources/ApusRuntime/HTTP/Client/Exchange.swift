import HTTPTypes

/// Why there is no response.
enum ExchangeError: Error {
    case encoding(JSONError)
    case transport(any Error)
    case authorization(AuthorizationError)
    case cancelled

    /// Sorts what middleware, credentials and the transport throw.
    init(_ error: any Error) {
        switch error {
        case let error as AuthorizationError:
            if case .failed(_, let cause) = error, cause is CancellationError {
                self = .cancelled
            } else {
                self = .authorization(error)
            }
        case is CancellationError:
            self = .cancelled
        default:
            self = Task.isCancelled ? .cancelled : .transport(error)
        }
    }
}

extension ClientCore {
    /// Sends a request through the middleware.
    func exchange(_ request: Request) async throws(ExchangeError) -> (HTTPResponse, HTTPBody) {
        if let failure = request.failure { throw .encoding(failure) }
        let server = request.serverURL.map { ServerURL($0, relativeTo: self.server) } ?? self.server
        guard let server else { throw .transport(InvalidServerURL()) }
        guard let uses = (request.security ?? security).choose(from: credentials) else {
            throw .authorization(.missingCredential(schemes: (request.security ?? security).schemes))
        }
        let delivery = Delivery(core: self, server: server, uses: uses)
        let message = message(request, to: server)
        do {
            if middleware.isEmpty { return try await delivery.send(message, body: request.body) }
            return try await pass(
                message, body: request.body, operation: OperationContext(id: request.operation), from: 0, to: delivery)
        } catch {
            throw ExchangeError(error)
        }
    }

    private func message(_ request: Request, to server: ServerURL) -> HTTPRequest {
        var target = server.path + request.path
        if target.isEmpty { target = "/" }
        if !server.query.isEmpty || !request.query.isEmpty {
            target += "?"
            target += server.query
            if !server.query.isEmpty, !request.query.isEmpty { target += "&" }
            target += request.query
        }
        var message = HTTPRequest(
            method: request.method, scheme: server.scheme, authority: server.authority, path: target,
            headerFields: request.headerFields)
        if !request.cookies.isEmpty { message.headerFields[.cookie] = request.cookies }
        return message
    }

    private func pass(
        _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext, from index: Int, to delivery: Delivery
    ) async throws -> (HTTPResponse, HTTPBody) {
        guard index < middleware.count else { return try await delivery.send(request, body: body) }
        return try await middleware[index].intercept(request, body: body, operation: operation) { request, body in
            try await pass(request, body: body, operation: operation, from: index + 1, to: delivery)
        }
    }
}

/// The last steps: credentials are added, and once renewed where the server refuses them.
struct Delivery: Sendable {
    let core: ClientCore
    let server: ServerURL
    let uses: [SecurityRequirements.Use]

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        try Task.checkCancellation()
        // Middleware may have sent the request elsewhere; credentials stay here.
        guard !uses.isEmpty, request.scheme == server.scheme, request.authority == server.authority else {
            return try await core.transport.send(request, body: body)
        }
        guard server.isSecure else { throw AuthorizationError.insecureConnection(host: server.authority) }
        let context = CredentialContext(serverURL: core.serverURL, transport: core.transport)
        let authorized = try await authorize(request, context)
        let (response, content) = try await core.transport.send(authorized, body: body)
        guard response.status == .unauthorized, body?.isReplayable ?? true,
            try await recover(authorized, response, context)
        else { return (response, content) }
        return try await core.transport.send(try await authorize(request, context), body: body)
    }

    private func authorize(
        _ request: HTTPRequest, _ context: CredentialContext
    ) async throws(AuthorizationError) -> HTTPRequest {
        var request = request
        for use in uses { try await use.credential.authorize(&request, scopes: use.scopes, context: context) }
        return request
    }

    private func recover(
        _ request: HTTPRequest, _ response: HTTPResponse, _ context: CredentialContext
    ) async throws(AuthorizationError) -> Bool {
        var isWorthRepeating = false
        for use in uses {
            let recovered = try await use.credential.recover(request, response: response, context: context)
            isWorthRepeating = isWorthRepeating || recovered
        }
        return isWorthRepeating
    }
}
