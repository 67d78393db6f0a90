public import ApusRuntime
import Foundation
public import HTTPTypes

/// A transport that answers the calls of one client from closures, by operation and typed.
///
///     let stub = Stub<PetstoreAPI.Client>()
///     stub.on(\.petsGet) { call in .ok(PetstoreAPI.Pet(id: call.petID, name: "Rex")) }
///     let pet = try await stub.client.petsGet(petID: 7)
///     #expect(stub.calls(to: \.petsGet).map(\.petID) == [7])
///
/// It is below credentials, middleware and retries: what it counts is what a server would
/// have seen. An operation that nobody stubbed fails the test, see ``TestIssues``, and
/// throws.
public final class Stub<Client: StubbedClient>: Transport, @unchecked Sendable {
    private typealias Handler = @Sendable (HTTPRequest, Data) async throws -> (HTTPResponse, HTTPBody)

    private struct State {
        var handlers: [OperationIdentity: Handler] = [:]
        var calls: [OperationIdentity: [any Sendable]] = [:]
        var requests: [HTTPRequest] = []
        var usesExamples = false
    }

    private let state = Locked(State())
    private let operations = Client.StubbedOperations()
    private let otherwise: (any Transport)?
    private let location: TestLocation

    /// Creates a stub that answers nothing.
    ///
    /// - Parameter otherwise: What carries requests that belong to no operation, such as
    ///   those for tokens: a ``FakeAuthorizationServer``.
    public init(
        otherwise: (any Transport)? = nil, fileID: StaticString = #fileID, filePath: StaticString = #filePath,
        line: Int = #line, column: Int = #column
    ) {
        self.otherwise = otherwise
        location = TestLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    }

    /// A client of which the stub carries the requests, and which needs no credentials.
    public var client: Client { Client.offline(self) }

    // MARK: - Answers

    /// Answers an operation from now on.
    ///
    /// - Parameter answer: Gets the call as it arrived, each attempt by itself. What it
    ///   throws, the transport throws: an error of the network, for instance.
    public func on<Call, Success, Failure>(
        _ operation: KeyPath<Client.StubbedOperations, TypedOperation<Call, Success, Failure>>,
        _ answer: @escaping @Sendable (Call) async throws -> StubAnswer<Success, Failure>
    ) {
        let value = operations[keyPath: operation]
        let identity = value.identity
        state.withValue { state in
            state.handlers[identity] = { [weak self] request, content in
                let call: Call
                do {
                    call = try value.call(CallReader(request, content: content, template: value.template))
                } catch {
                    throw TestIssue("a call of `\(value.name)` cannot be read back: \(error)", at: TestLocation())
                }
                self?.state.withValue { $0.calls[identity, default: []].append(call) }
                return try value.response(try await answer(call))
            }
        }
    }

    /// Answers an operation with one answer after the other, the last one again and again.
    public func on<Call, Success, Failure>(
        _ operation: KeyPath<Client.StubbedOperations, TypedOperation<Call, Success, Failure>>,
        _ answers: StubAnswer<Success, Failure>...
    ) {
        let next = Locked(0)
        on(operation) { _ in
            next.withValue { index in
                defer { index = min(index + 1, answers.count - 1) }
                return answers[index]
            }
        }
    }

    /// Answers everything that is not stubbed from the description's examples.
    public func answerFromExamples() {
        state.withValue { $0.usesExamples = true }
    }

    // MARK: - Calls

    /// The calls of an operation that were answered or are being answered, in order. A
    /// call that is repeated is there once for each attempt.
    public func calls<Call, Success, Failure>(
        to operation: KeyPath<Client.StubbedOperations, TypedOperation<Call, Success, Failure>>
    ) -> [Call] {
        let identity = operations[keyPath: operation].identity
        return state.withValue { $0.calls[identity] ?? [] }.compactMap { $0 as? Call }
    }

    /// All requests as they arrived, with what authorizes them, in order.
    public var requests: [HTTPRequest] { state.withValue { $0.requests } }

    // MARK: - Transport

    public func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        guard let otherwise else {
            throw report(TestIssue(
                "a request belongs to no operation: \(request.method.rawValue) \(RequestURL(path: request.path ?? "").path); "
                    + "`otherwise` can answer it", at: CallSite.find() ?? location))
        }
        return try await otherwise.send(request, body: body)
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        guard let operation = operations.operation(of: request, context.operation) else {
            return try await send(request, body: body)
        }
        let content = try await body?.collect(upTo: .max) ?? Data()
        let (handler, usesExamples) = state.withValue { state in
            state.requests.append(request)
            return (state.handlers[operation.identity], state.usesExamples)
        }
        do {
            if let handler { return try await handler(request, content) }
            if usesExamples { return try operation.exampleAnswer(named: nil) }
        } catch let issue as TestIssue {
            throw report(TestIssue(issue.message, at: CallSite.find() ?? location))
        }
        throw report(TestIssue(
            "`\(operation.name)` (\(operation.method) \(operation.template)) was called and is not stubbed; "
                + "`stub.on(\\.…) { call in .ok(…) }` stubs it", at: CallSite.find() ?? location))
    }

    private func report(_ issue: TestIssue) -> TestIssue {
        TestIssues.report(issue)
        return issue
    }
}

extension Stub: TimedTransport {
    package var callClock: (any CallClock)? { (otherwise as? any TimedTransport)?.callClock }
}
