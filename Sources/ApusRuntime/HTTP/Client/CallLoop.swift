import Foundation
import HTTPTypes

/// What is done with the body of a response.
enum BodyUse: Sendable {
    /// It is read into memory.
    case memory
    /// It is handed over as it arrives.
    case stream
    /// It is read to its end and dropped.
    case nothing
    /// It belongs to an error: as much of it as is kept is read.
    case error
}

/// A response whose body has been read as was wanted.
struct Answer: Sendable {
    var response: Response
    /// The body where it is handed over as it arrives.
    var stream: HTTPBody?
    var isError = false
}

/// Why a call has no response, and what was tried.
struct FailedCall: Error {
    let failure: CallFailure
    let record: CallRecord?
}

/// One call of an operation: attempts, until one is good or no further one is allowed.
struct CallLoop: Sendable {
    let core: ClientCore
    let request: Request
    let delivery: Delivery
    let head: HTTPRequest
    let idempotencyKey: String?
    let isEventStream: Bool
    let use: @Sendable (Int) -> BodyUse

    func run(_ observer: (any CallObserver)?) async throws(FailedCall) -> Answer {
        let clock = core.environment.clock
        let start = clock.now
        let isLimited = core.options.deadline != nil || core.options.attemptTimeout != nil
        var attempts: [Attempt] = []
        var lastAnswer: Answer?
        while true {
            let number = attempts.count + 1
            let context = OperationContext(request, attempt: number)
            core.options.onEvent?(.attemptBegan(context))
            let began = attempts.isEmpty ? start : clock.now
            let outcome: RetryQuestion.Outcome
            let result: Result<Answer, CallFailure>
            do throws(CallFailure) {
                let timeLeft = core.options.deadline.map { $0 - (began - start) }
                let answer: Answer
                if let observer {
                    answer = try await observed(context, by: observer) { fields throws(CallFailure) in
                        isLimited
                            ? try await self.attempt(context, timeLeft: timeLeft, adding: fields) : try await self.once(context, adding: fields)
                    }
                } else {
                    answer = isLimited ? try await self.attempt(context, timeLeft: timeLeft) : try await once(context)
                }
                if !answer.isError {
                    if !attempts.isEmpty || core.options.onEvent != nil || core.recorder != nil {
                        attempts.append(ended(context, .status(answer.response.status.code), since: began, clock))
                    }
                    core.environment.budget.succeeded()
                    return recorded(answer, attempts, since: start, clock)
                }
                outcome = .answer(HTTPResponse(status: answer.response.status, headerFields: answer.response.headerFields))
                lastAnswer = answer
                result = .success(answer)
            } catch {
                guard case .transport(let cause) = error else {
                    throw FailedCall(failure: error, record: record(attempts, since: start, clock))
                }
                outcome = .failure(cause)
                result = .failure(error)
            }
            let attempt = ended(context, Self.outcome(outcome), since: began, clock)
            let decision = decision(outcome, retries: attempts.count, since: start, clock)
            guard case .retry(let delay, _) = decision else {
                attempts.append(attempt)
                switch result {
                case .success(let answer):
                    return recorded(answer, attempts, since: start, clock)
                case .failure(let failure):
                    // What the server said tells more than that time was up later.
                    if let lastAnswer, failure.isTimeout { return recorded(lastAnswer, attempts, since: start, clock) }
                    throw FailedCall(failure: failure, record: record(attempts, since: start, clock))
                }
            }
            attempts.append(attempt.waiting(delay))
            core.options.onEvent?(.retrying(context, after: delay))
            observer?.retrying(observedCall(context), after: delay)
            do {
                try await clock.sleep(for: delay)
                try Task.checkCancellation()
            } catch {
                throw FailedCall(failure: .cancelled, record: record(attempts, since: start, clock))
            }
        }
    }

    private func decision(
        _ outcome: RetryQuestion.Outcome, retries: Int, since start: Duration, _ clock: any CallClock
    ) -> RetryDecision {
        if Task.isCancelled { return .stop }
        let options = core.options
        let question = RetryQuestion(
            policy: options.retries, outcome: outcome,
            isIdempotent: request.parts.isIdempotent ?? head.method.isIdempotent,
            hasIdempotencyKey: idempotencyKey != nil, isBodyReplayable: request.parts.content?.isReplayable ?? true,
            retries: retries, timeLeft: options.deadline.map { $0 - (clock.now - start) })
        let decision = question.decision(now: clock.date, random: core.environment.random)
        guard case .retry(_, let isThrottled) = decision,
            core.environment.budget.take(isThrottled ? RetryBudget.throttledCost : RetryBudget.cost)
        else { return .stop }
        return decision
    }

    /// Makes one attempt, within the limits of the call.
    private func attempt(
        _ context: OperationContext, timeLeft: Duration?, adding fields: HTTPFields? = nil
    ) async throws(CallFailure) -> Answer {
        let options = core.options
        let ofAttempt = options.attemptTimeout ?? options.deadline.map { $0 / 4 } ?? .seconds(Int64.max)
        let isLast = timeLeft.map { $0 <= ofAttempt } ?? false
        let limit = isLast ? timeLeft ?? ofAttempt : ofAttempt
        let timeout: CallTimeout = isLast ? .deadline(options.deadline ?? limit) : .attempt(ofAttempt)
        do {
            return try await TimeLimit.run(within: limit, core.environment.clock, orThrow: timeout) {
                try await once(context, adding: fields)
            }
        } catch {
            throw (error as? CallFailure) ?? CallFailure(error)
        }
    }

    private func once(_ context: OperationContext, adding fields: HTTPFields? = nil) async throws(CallFailure) -> Answer {
        var head = head
        if let fields { for field in fields { head.headerFields[field.name] = field.value } }
        let transportContext = TransportContext(operation: context, isEventStream: isEventStream)
        let (response, body): (HTTPResponse, HTTPBody)
        do {
            (response, body) =
                core.middleware.isEmpty
                ? try await delivery.send(head, request.parts.content, transportContext)
                : try await delivery.pass(head, request.parts.content, through: core.middleware[...], transportContext)
        } catch {
            throw CallFailure(error)
        }
        switch use(response.status.code) {
        case .memory:
            return Answer(response: Response(response, body: try await core.collect(body), operation: request.operation))
        case .stream:
            let head = Response(response, body: Data(), isBodyComplete: false, operation: request.operation)
            return Answer(response: head, stream: body)
        case .nothing:
            return Answer(response: try await core.finish(body, of: response, operation: request.operation))
        case .error:
            let error = try await core.errorResponse(response, body, operation: request.operation)
            return Answer(response: error, isError: true)
        }
    }

    // MARK: What is told of the call

    private static func outcome(_ outcome: RetryQuestion.Outcome) -> Attempt.Outcome {
        switch outcome {
        case .answer(let response): .status(response.status.code)
        case .failure(let error): .failure("\(UnderlyingError(error))")
        }
    }

    private func ended(
        _ context: OperationContext, _ outcome: Attempt.Outcome, since began: Duration, _ clock: any CallClock
    ) -> Attempt {
        let duration = clock.now - began
        core.options.onEvent?(.attemptEnded(context, outcome, duration))
        return Attempt(number: context.attempt, outcome: outcome, duration: duration, delay: nil)
    }

    private func recorded(
        _ answer: Answer, _ attempts: [Attempt], since start: Duration, _ clock: any CallClock
    ) -> Answer {
        // Nobody looks at the record of a plain success.
        guard !attempts.isEmpty else { return answer }
        var answer = answer
        answer.response.record = record(attempts, since: start, clock)
        return answer
    }

    private func record(_ attempts: [Attempt], since start: Duration, _ clock: any CallClock) -> CallRecord {
        let path = (head.path ?? "").prefix { $0 != "?" }
        return CallRecord(
            attempts: attempts, duration: clock.now - start,
            url: "\(head.scheme ?? "")://\(head.authority ?? "")\(path)", idempotencyKey: idempotencyKey)
    }
}

extension Attempt {
    fileprivate func waiting(_ delay: Duration) -> Attempt {
        Attempt(number: number, outcome: outcome, duration: duration, delay: delay)
    }
}

extension CallFailure {
    /// Whether time was up, here or at the transport.
    fileprivate var isTimeout: Bool {
        if case .transport(let error) = self { UnderlyingError(error).isTimeout } else { false }
    }
}
