public import HTTPTypes

/// Stands around each call of a client and around each of its attempts, for spans,
/// metrics and logs: ``CallOptions/observer``.
///
/// Whatever it is told holds no value of a parameter, no query, no body and no
/// credential, except for ``CallObservation/headerFields``, which are the server's.
public protocol CallObserver: Sendable {
    /// Runs a call: all its attempts, and the waiting between them.
    ///
    /// - Parameter work: The call. It is to be run once, and its value returned.
    func call<Value: Sendable>(
        _ call: ObservedCall, _ work: () async -> (Value, CallObservation)
    ) async -> Value

    /// Runs one attempt.
    ///
    /// - Parameter work: The attempt. It is to be run once, with the header fields that
    ///   the request gets, such as `traceparent`, and its value returned.
    func attempt<Value: Sendable>(
        _ attempt: ObservedCall, _ work: (HTTPFields) async -> (Value, CallObservation)
    ) async -> Value

    /// An attempt is over, and there will be another one.
    func retrying(_ attempt: ObservedCall, after delay: Duration)
}

/// A call or an attempt, before anything has come of it.
public struct ObservedCall: Sendable {
    /// What is called, and which attempt it is.
    public let operation: OperationContext

    /// `https` or `http`.
    public let scheme: String

    /// The server's host, and its port where it is not the scheme's own.
    public let authority: String

    /// The path that all paths of the server begin with.
    public let basePath: String
}

/// What came of a call or of an attempt.
public struct CallObservation: Sendable {
    /// What came of it.
    public let outcome: Attempt.Outcome

    /// What kind of fault it was, one of few: a status from 400 on, or the type of an error
    /// and its code. `nil` for a success.
    public let errorType: String?

    /// How long it took.
    public let duration: Duration

    /// How many attempts there were.
    public let attempts: Int

    /// The fields of the server's response; none where there was none. They may hold
    /// secrets: show those that you know.
    public let headerFields: HTTPFields

    /// How much is left of the budget that retries are paid from, 500 at most.
    public let retryBudget: Int
}

/// A credential that renews itself, such as a session of OAuth.
public protocol RenewingCredential: Credential {
    /// An element for each renewal from now on.
    var renewals: AsyncStream<Void> { get }
}

extension CallLoop {
    /// Runs the call, under the eyes of whoever observes it.
    func observed() async throws(FailedCall) -> Answer {
        guard let observer = core.options.observer else { return try await run(nil) }
        let start = core.environment.clock.now
        let result = await observer.call(observedCall(OperationContext(request, attempt: 1))) {
            let result: Result<Answer, FailedCall>
            do throws(FailedCall) {
                result = .success(try await run(observer))
            } catch {
                result = .failure(error)
            }
            return (result, observation(of: result, since: start))
        }
        return try result.get()
    }

    /// Runs one attempt, under the eyes of whoever observes it.
    func observed(
        _ context: OperationContext, by observer: any CallObserver,
        _ work: @Sendable (HTTPFields) async throws(CallFailure) -> Answer
    ) async throws(CallFailure) -> Answer {
        let start = core.environment.clock.now
        let result = await observer.attempt(observedCall(context)) { fields in
            let result: Result<Answer, CallFailure>
            do throws(CallFailure) {
                result = .success(try await work(fields))
            } catch {
                result = .failure(error)
            }
            return (result, observation(of: result, since: start, attempts: context.attempt))
        }
        return try result.get()
    }

    func observedCall(_ context: OperationContext) -> ObservedCall {
        ObservedCall(
            operation: context, scheme: head.scheme ?? "", authority: head.authority ?? "", basePath: delivery.server.basePath)
    }

    private func observation(of result: Result<Answer, FailedCall>, since start: Duration) -> CallObservation {
        switch result {
        case .success(let answer):
            observation(of: .success(answer), since: start, attempts: max(1, answer.response.attempts.count))
        case .failure(let failed):
            observation(of: .failure(failed.failure), since: start, attempts: max(1, failed.record?.attempts.count ?? 1))
        }
    }

    private func observation(
        of result: Result<Answer, CallFailure>, since start: Duration, attempts: Int
    ) -> CallObservation {
        let outcome: Attempt.Outcome
        let errorType: String?
        var fields = HTTPFields()
        switch result {
        case .success(let answer):
            let status = answer.response.status.code
            outcome = .status(status)
            errorType = status >= 400 ? String(status) : nil
            fields = answer.response.headerFields
        case .failure(let failure):
            outcome = .failure(failure.text)
            errorType = failure.kind
        }
        return CallObservation(
            outcome: outcome, errorType: errorType, duration: core.environment.clock.now - start, attempts: attempts,
            headerFields: fields, retryBudget: core.environment.budget.left)
    }
}

extension CallFailure {
    /// What happened, without anything secret.
    var text: String {
        switch self {
        case .encoding(let error): "\(error)"
        case .transport(let error): "\(UnderlyingError(error))"
        case .authorization(let error): "\(error)"
        case .cancelled: "cancelled"
        }
    }

    /// One of few texts.
    fileprivate var kind: String {
        switch self {
        case .encoding: "encoding"
        case .transport(let error): UnderlyingError(error).kind
        case .authorization: "authorization"
        case .cancelled: "cancelled"
        }
    }
}
