import HTTPTypes

/// Takes one request through the middlewares, authorizes it and sends it.
struct Delivery: Sendable {
    let core: ClientCore
    let server: ServerLocation
    /// Whether the server is on an origin that nobody chose to send credentials to.
    let isForeign: Bool
    let security: SecurityRequirements

    /// Passes a request to the first of some middlewares, which passes it on.
    func pass(
        _ request: HTTPRequest, _ body: HTTPBody?, through middleware: ArraySlice<any Middleware>,
        _ context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        guard let first = middleware.first else { return try await send(request, body, context) }
        return try await first.intercept(request, body: body, operation: context.operation) { request, body in
            try await pass(request, body, through: middleware.dropFirst(), context)
        }
    }

    /// Authorizes a request and sends it; once more if the server refuses its
    /// credentials and one of them has got better.
    func send(
        _ request: HTTPRequest, _ body: HTTPBody?, _ transportContext: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        let follower = RedirectFollower(transport: core.transport)
        // A middleware may have sent the request to another server, which
        // gets no credential of this one.
        guard request.scheme == server.scheme, request.authority == server.authority else {
            return try await follower.send(request, body: body, context: transportContext)
        }
        let uses = try security.credentials(in: core.credentials)
        if uses.isEmpty {
            let (response, content) = try await core.transport.send(request, body: body, context: transportContext)
            guard RedirectFollower.isRedirect(response) else { return (response, content) }
            return try await follower.follow(request, body, response, content, transportContext)
        }
        if isForeign { throw AuthorizationError.foreignServer(host: server.authority) }
        try requireSecureConnection()

        let context = CredentialContext(serverURL: core.serverURL, transport: core.transport)
        let (authorized, response, content) = try await exchange(request, body, uses, context, transportContext)
        guard response.status.code == 401 else { return (response, content) }

        var isRecovered = false
        for use in uses where try await use.credential.recover(authorized, response: response, context: context) {
            isRecovered = true
        }
        guard isRecovered, body?.isReplayable ?? true else { return (response, content) }
        await content.discardIfShort()
        try Task.checkCancellation()
        let (_, secondResponse, secondContent) = try await exchange(request, body, uses, context, transportContext)
        return (secondResponse, secondContent)
    }

    /// Authorizes a request and sends it.
    ///
    /// - Throws: ``AuthorizationError/insufficientScope(required:)`` where the
    ///   server says so: no other token of the same kind would help.
    private func exchange(
        _ request: HTTPRequest, _ body: HTTPBody?, _ uses: [(credential: any Credential, scopes: [String])],
        _ context: CredentialContext, _ transportContext: TransportContext
    ) async throws -> (HTTPRequest, HTTPResponse, HTTPBody) {
        let authorized = try await authorize(request, uses, context)
        let (response, content) = try await RedirectFollower(transport: core.transport)
            .send(authorized, body: body, context: transportContext)
        for use in uses { use.credential.receive(response, to: authorized) }
        if let error = AuthorizationError(insufficientScopeIn: response) { throw error }
        return (authorized, response, content)
    }

    private func authorize(
        _ request: HTTPRequest, _ uses: [(credential: any Credential, scopes: [String])], _ context: CredentialContext
    ) async throws(AuthorizationError) -> HTTPRequest {
        var authorized = request
        for use in uses {
            try await use.credential.authorize(&authorized, scopes: use.scopes, context: context)
        }
        return authorized
    }

    /// RFC 6750 section 5.3, RFC 7617 section 4: what is sent in clear text,
    /// everybody on the way can read.
    private func requireSecureConnection() throws(AuthorizationError) {
        guard server.scheme == "https" || LoopbackAddress.isLoopback(authority: server.authority) else {
            throw .insecureConnection(host: server.authority)
        }
    }
}
