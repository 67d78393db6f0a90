public import ApusRuntime
import HTTPTypes

/// A generated client that tests can stub: what `tests: true` in `apus.yaml` makes of it.
public protocol StubbedClient: APIClient {
    /// The operations, as values: `Stub.on` takes key paths into it.
    associatedtype StubbedOperations: OperationValues

    /// A client of which `transport` carries the requests, and which needs no credentials.
    static func offline(_ transport: any Transport) -> Self
}

/// The operations of one description, as values.
public protocol OperationValues: Sendable {
    /// Creates them.
    init()

    /// The operations of this name in the description: one, but where a response can be
    /// had in several media types.
    func operations(named name: String) -> [any OperationValue]

    /// The names of members that hold passwords (`format: password`).
    var secretMembers: Set<String> { get }
}

extension OperationValues {
    public var secretMembers: Set<String> { [] }
}

extension StubbedClient {
    /// A client without a server: it answers everything from the examples of the
    /// description, and where there are none from the shortest values that it allows.
    /// For previews and demonstrations.
    public static var preview: Self {
        offline(ExampleTransport(operations: StubbedOperations()))
    }
}

/// Answers from examples.
struct ExampleTransport: Transport {
    let operations: any OperationValues

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        throw TestIssue("there is no example for a request that belongs to no operation", at: TestLocation())
    }

    func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        guard let operation = operations.operation(of: request, context.operation) else {
            return try await send(request, body: body)
        }
        return try operation.exampleAnswer(named: nil)
    }
}

extension OperationValues {
    /// The operation that a request is made for.
    func operation(of request: HTTPRequest, _ context: OperationContext) -> (any OperationValue)? {
        let candidates = operations(named: context.operation).filter { candidate in
            candidate.method == request.method.rawValue && (context.pathTemplate.map { $0 == candidate.template } ?? true)
                || operations(named: context.operation).count == 1
        }
        let accept = request.headerFields[.accept]
        return candidates.first { $0.accept != nil && $0.accept == accept } ?? candidates.first { $0.accept == nil } ?? candidates.first
    }
}

extension ClientCore {
    /// The same for a test: requests need no credentials, and whatever server they go to
    /// gets the none there are.
    ///
    /// - Parameters:
    ///   - schemes: The names of the description's security schemes.
    ///   - origins: Servers that operations have of their own.
    public func offline(schemes: [String], origins: [String]) -> ClientCore {
        var options = options
        options.credentialOrigins.formUnion(origins)
        return ClientCore(
            serverURL: serverURL, credentials: Dictionary(schemes.map { ($0, NoCredential()) }) { first, _ in first },
            security: security, transport: transport, middleware: middleware, limits: limits, options: options)
    }
}

/// Authorizes nothing.
private struct NoCredential: Credential {
    func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {}
}
