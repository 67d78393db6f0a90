import HTTPTypes

/// What a streamed body is read as: values that arrive one after the other.
public protocol ResponseStream: AsyncSequence, Sendable {
    /// The `Accept` field's value if the request does not say another.
    static var accept: String { get }

    /// The media type that a body must have; nil where several will do.
    static var onlyMediaType: String? { get }

    /// Reads a body while it arrives.
    ///
    /// - Parameter connection: What the body came by.
    init(reading body: HTTPBody, by connection: StreamConnection)
}

extension ResponseStream {
    public static var onlyMediaType: String? { nil }

    /// Reads a body that is at hand, as no call brought it: there are no limits but
    /// those of ``ClientLimits``, and nothing can be asked for again.
    public init(reading body: HTTPBody) {
        self.init(reading: body, by: StreamConnection())
    }
}

/// What a streamed body came by: the limits that hold for it, and the request, which
/// can be made again.
public struct StreamConnection: Sendable {
    private struct Origin: Sendable {
        let core: ClientCore
        let request: Request
        let accept: String
    }

    private let origin: Origin?

    /// A body that is at hand.
    public init() {
        origin = nil
    }

    init(_ core: ClientCore, _ request: Request, accept: String) {
        origin = Origin(core: core, request: request, accept: accept)
    }

    /// The most bytes of one value, or of a line of it.
    var maximumItemBytes: Int { origin?.core.limits.maximumItemBytes ?? ClientLimits().maximumItemBytes }

    /// How items are read where the client reads tolerantly.
    var tolerance: TolerantItems? {
        guard let origin, origin.core.reading == .tolerant else { return nil }
        return TolerantItems(of: origin.request.operation, for: origin.core)
    }

    /// The longest time without a byte.
    var idleLimit: Duration? { origin?.core.options.streamIdleLimit }

    var environment: CallEnvironment { origin?.core.environment ?? CallEnvironment() }

    /// Whether the request may be made again to go on with the stream.
    var isRepeatable: Bool { origin?.request.parts.method.value == .get }

    /// The ID that the request itself asked to go on from, such as one that was kept by
    /// another process.
    var requestedEventID: String? {
        guard let origin else { return nil }
        return origin.core.options.headerFields[.lastEventID] ?? origin.request.parts.fields[.lastEventID]
    }

    /// Makes the request again, once, authorized anew.
    ///
    /// - Parameter lastEventID: The ID to go on from; `nil` to say what the request said.
    ///   An empty one is that of a stream that begins anew.
    func reopen(lastEventID: String?) async -> Reopening {
        guard let origin else { return .failed(CancellationError(), retryAfter: nil) }
        var core = origin.core
        let retries = core.options.retries
        core.recorder = nil
        // How often and when is decided by who asks.
        core.options.retries = .never
        core.options.deadline = nil
        var request = origin.request
        if let lastEventID {
            request.parts.fields[.lastEventID] = nil
            core.options.headerFields[.lastEventID] = nil
            if !lastEventID.isEmpty { request.parts.fields[.lastEventID] = lastEventID }
        }
        do throws(FailedCall) {
            let answer = try await core.call(request, accept: origin.accept, isEventStream: true) { status in
                status == 200 ? .stream : status == 204 ? .nothing : .error
            }
            let status = answer.response.status.code
            if status == 204 { return .over }
            if let stream = answer.stream {
                let mediaType = MediaType.name(answer.response.headerFields[.contentType])
                guard mediaType == nil || mediaType == "text/event-stream" else { return .refused(answer.response) }
                return .open(stream)
            }
            let head = HTTPResponse(status: answer.response.status, headerFields: answer.response.headerFields)
            let wait = RetryAfter.delay(in: head, now: core.environment.clock.date)
            guard retries.statuses.contains(status), wait ?? .zero <= retries.longestRetryAfter else { return .refused(answer.response) }
            return .failed(RefusedReconnection(status: status), retryAfter: wait)
        } catch {
            switch error.failure {
            case .cancelled: return .cancelled
            case .transport(let cause): return .failed(cause, retryAfter: nil)
            case .authorization(.failed(_, let cause)) where UnderlyingError(cause).isRetryable:
                return .failed(cause, retryAfter: nil)
            case .authorization(let cause): return .impossible(cause)
            case .encoding(let cause): return .impossible(cause)
            }
        }
    }
}

/// What came of an attempt to go on with a stream.
enum Reopening: Sendable {
    case open(HTTPBody)
    /// The server has nothing more to say (204).
    case over
    /// It may go better the next time.
    case failed(any Error, retryAfter: Duration?)
    /// The server answered with something that will not change.
    case refused(Response)
    /// The request cannot be made.
    case impossible(any Error)
    case cancelled
}

/// The server was asked to go on and could not at present.
struct RefusedReconnection: ReportableError {
    let status: Int
    var description: String { "status \(status)" }
}

extension HTTPField.Name {
    /// HTML Living Standard, section 9.2.4.
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
}
