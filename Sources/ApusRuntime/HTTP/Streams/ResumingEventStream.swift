import HTTPTypes

/// Server-sent events over as many connections as they need.
///
/// Where a connection ends, the request is made again after a while, with the last
/// event ID in `Last-Event-ID` (HTML Living Standard, section 9.2.3), with credentials
/// as they are then. That is done
/// - if the request is a `GET`, and
/// - after an end in good order: if the server has sent an `id` or a `retry`, as an
///   end is the end otherwise;
/// - after a break: if an ID goes with the last event, or no event came before, as events
///   would be lost or come twice otherwise.
///
/// 204 and `[DONE]` end the stream. Statuses that are worth another attempt
/// (``RetryPolicy/statuses``) count as failures, with their `Retry-After`; all others
/// end it with an error, as does a body of another media type.
///
/// Iterating throws what ``EventStream`` throws for an event, ``EventStreamError`` where
/// the stream cannot be gone on with, and `CancellationError`.
public struct ResumingEventStream<Content: JSONCoding>: AsyncSequence, Sendable {
    private let body: HTTPBody
    private let connection: StreamConnection
    private let policy: ReconnectionPolicy

    init(_ body: HTTPBody, _ connection: StreamConnection, _ policy: ReconnectionPolicy) {
        self.body = body
        self.connection = connection
        self.policy = policy
    }

    /// Reads the events one after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var events: ResumedEvents
        private var tolerance: TolerantItems?

        init(_ body: HTTPBody, _ connection: StreamConnection, _ policy: ReconnectionPolicy) {
            events = ResumedEvents(body, connection, policy)
            tolerance = connection.tolerance
        }

        public mutating func next() async throws -> ServerSentEvent<Content>? {
            while let event = try await events.next() {
                if let event = try ServerSentEvent<Content>(event, &tolerance) { return event }
            }
            return nil
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body, connection, policy)
    }
}

/// The events of a stream, whatever they are read as.
struct ResumedEvents {
    private let connection: StreamConnection
    private let policy: ReconnectionPolicy
    /// `nil` while there is no connection.
    private var reader: EventReader?
    private var isOver = false

    private var lastID: String?
    private var retry: Int?
    /// Whether events have come and no ID goes with the last of them.
    private var isWithoutID = false
    /// How many connections in a row brought nothing.
    private var failures = 0

    init(_ body: HTTPBody, _ connection: StreamConnection, _ policy: ReconnectionPolicy) {
        self.connection = connection
        self.policy = policy
        lastID = connection.requestedEventID
        reader = EventReader(body, connection, lastID: lastID)
    }

    mutating func next() async throws -> RawEvent? {
        while !isOver {
            let cause: (any Error)?
            do {
                if let event = try await reader?.next() {
                    note()
                    isWithoutID = (event.id ?? "").isEmpty
                    return event
                }
                cause = nil
            } catch let error as HTTPBodyError {
                isOver = true
                throw error
            } catch {
                if Task.isCancelled || UnderlyingError(error).isCancellation {
                    isOver = true
                    throw CancellationError()
                }
                cause = error
            }
            note()
            if reader?.isDone == true { isOver = true }
            // What is left of the connection is closed before there is a new one.
            let hasShownLife = reader?.hasShownLife ?? false
            reader = nil
            guard !isOver, try mayGoOn(after: cause) else { break }
            failures = hasShownLife ? 0 : failures + 1
            try await connect(after: cause)
        }
        isOver = true
        return nil
    }

    private mutating func note() {
        lastID = reader?.lastID
        retry = reader?.retry
    }

    private mutating func mayGoOn(after cause: (any Error)?) throws(EventStreamError) -> Bool {
        let reason: EventStreamError.Reason
        if !connection.isRepeatable {
            reason = .notRepeatable
        } else if cause != nil, isWithoutID {
            reason = .noEventID
        } else if cause == nil, lastID == nil, retry == nil {
            return false
        } else if let lastID, !HTTPField.isValidValue(lastID) {
            reason = .unusableEventID
        } else {
            return true
        }
        // An end in good order is the end where there is no way to go on.
        guard let cause else { return false }
        throw failure(reason, cause)
    }

    /// Connects again, as often as the policy allows.
    private mutating func connect(after cause: (any Error)?) async throws {
        let environment = connection.environment
        var cause = cause
        var floor: Duration?
        while true {
            guard failures < policy.maximumFailures else { throw failure(.failures(failures), cause) }
            var delay = policy.delay(failures: failures, retry: retry, random: environment.random())
            if let floor { delay = max(delay, Backoff.delay(atLeast: floor, random: environment.random())) }
            do {
                try await environment.clock.sleep(for: delay)
                try Task.checkCancellation()
            } catch {
                isOver = true
                throw error
            }
            switch await connection.reopen(lastEventID: lastID) {
            case .open(let body):
                reader = EventReader(body, connection, lastID: lastID, retry: retry)
                return
            case .over:
                isOver = true
                return
            case .failed(let error, let retryAfter):
                failures += 1
                (cause, floor) = (error, retryAfter)
            case .refused(let response): throw failure(.refused(response), cause)
            case .impossible(let error): throw failure(.impossible, error)
            case .cancelled:
                isOver = true
                throw CancellationError()
            }
        }
    }

    private mutating func failure(_ reason: EventStreamError.Reason, _ cause: (any Error)?) -> EventStreamError {
        isOver = true
        return EventStreamError(reason: reason, lastEventID: lastID, underlying: cause)
    }
}
