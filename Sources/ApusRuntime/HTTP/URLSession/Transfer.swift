import Foundation
import HTTPTypes

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One request on its way and its response: what drives a ``TransferState``.
///
/// The session's delegate puts in what arrives, the caller takes it out. All state is
/// behind `lock`; continuations are resumed outside of it.
final class Transfer: @unchecked Sendable {
    private let lock = NSLock()
    private let outgoing: OutgoingRequest
    private let timeouts: URLSessionTransport.Timeouts
    private let isEventStream: Bool

    private var state: TransferState
    private var upload: BodyUpload?
    private var session: TransferSession?
    private var task: URLSessionTask?
    private var clock: TransferClock?
    /// Who waits for the head. It is read under the lock, and not handed over.
    private var headWaiter: CheckedContinuation<Void, Never>?
    private var reader: CheckedContinuation<Void, Never>?

    init(
        _ outgoing: OutgoingRequest, _ upload: BodyUpload?, timeouts: URLSessionTransport.Timeouts,
        isEventStream: Bool, limit: Int64, session: TransferSession
    ) {
        #if canImport(FoundationNetworking)
            let canPause = false
        #else
            let canPause = true
        #endif
        state = TransferState(method: outgoing.urlRequest.httpMethod ?? "", limit: limit, canPause: canPause)
        self.isEventStream = isEventStream
        self.outgoing = outgoing
        self.upload = upload
        self.timeouts = timeouts
        self.session = session
    }

    /// Tells the state what happens, and does what it says.
    private func happen(_ event: (inout TransferState) -> TransferState.Effects) {
        lock.lock()
        let effects = event(&state)
        let ended = effects.contains(.stop) ? (clock, upload) : (nil, nil)
        if effects.contains(.stop) { upload = nil }
        let headWaiter = effects.contains(.answerHead) ? self.headWaiter : nil
        if effects.contains(.answerHead) { self.headWaiter = nil }
        let reader = effects.contains(.answerReader) ? self.reader : nil
        if effects.contains(.answerReader) { self.reader = nil }
        if effects.contains(.pauseTask) {
            clock?.pause()
            task?.suspend()
        }
        if effects.contains(.resumeTask) {
            clock?.resume()
            task?.resume()
        }
        // A task that has not begun is cancelled when it does.
        if effects.contains(.cancelTask), let task, let session { session.queue.async { task.cancel() } }
        lock.unlock()
        ended.0?.stop()
        ended.1?.stop()
        headWaiter?.resume()
        reader?.resume()
    }

    // MARK: For the caller

    /// Sends the request.
    ///
    /// - Returns: The head of the response, as soon as it is there.
    func start() async throws -> HTTPResponse {
        try Task.checkCancellation()
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let isOver = lock.withLock {
                    if state.end != nil { return true }
                    headWaiter = continuation
                    return false
                }
                if isOver {
                    continuation.resume()
                } else {
                    lock.withLock { session }?.queue.async { self.begin() }
                }
            }
        } onCancel: {
            fail(CancellationError())
        }
        return try lock.withLock {
            if let head = state.head { return head }
            if case .failed(let error) = state.end { throw error }
            throw URLError(.badServerResponse)
        }
    }

    private func begin() {
        let (session, upload) = lock.withLock { (state.end == nil ? self.session : nil, self.upload) }
        guard let session else { return }
        var request = outgoing.urlRequest
        if session.closesConnections { request.setValue("close", forHTTPHeaderField: "Connection") }
        upload?.attach(to: &request) { [weak self] in self?.fail($0) }
        let task = session.session.dataTask(with: request)
        session.delegate.add(self, for: task)
        let clock = TransferClock(timeouts) { [weak self] in self?.checkClock() }
        let isOver = lock.withLock {
            self.task = task
            self.clock = clock
            return state.end != nil
        }
        if !isOver { clock.start() }
        task.resume()
        if isOver { session.queue.async { task.cancel() } }
    }

    /// The body, to be read once.
    func responseBody(to method: HTTPRequest.Method, _ response: HTTPResponse) -> HTTPBody {
        let status = response.status.code
        if method == .head || status == 204 || status == 304 {
            happen { $0.discard() }
            return .empty
        }
        let lease = UnreadBody(self)
        return HTTPBody(length: response.bodyLength, isReplayable: false) { ResponseIterator(lease.transfer) }
    }

    /// Ends the transfer early; whoever waits for it gets `error`.
    func fail(_ error: any Error) {
        happen { $0.fail(error) }
    }

    func markRead() {
        lock.withLock { state.markRead() }
    }

    /// The body was dropped before anybody read it.
    func abandonUnlessRead() {
        happen { $0.abandonUnlessRead() }
    }

    /// Nobody will read any further.
    func abandon() {
        happen { $0.abandon() }
    }

    /// The next bytes of the body; `nil` at its end.
    func read() async throws -> Data? {
        try await withTaskCancellationHandler {
            while true {
                try Task.checkCancellation()
                var reading = TransferState.Reading.wait
                happen { state in
                    let (found, effects) = state.read()
                    reading = found
                    return effects
                }
                switch reading {
                case .chunk(let data): return data
                case .end: return nil
                case .failed(let error): throw error
                case .wait: await wait()
                }
            }
        } onCancel: {
            fail(CancellationError())
        }
    }

    /// Waits until there may be bytes.
    private func wait() async {
        await withCheckedContinuation { continuation in
            let mayRead = lock.withLock {
                if state.hasNews { return true }
                // A second reader cannot be, as iterators are not Sendable.
                reader = continuation
                return false
            }
            if mayRead { continuation.resume() }
        }
    }

    // MARK: For the session's delegate

    func received(_ response: HTTPURLResponse) {
        progressed()
        // Informational responses precede the response (RFC 9110 section 15.2).
        guard !(100...199).contains(response.statusCode) || response.statusCode == 101 else { return }
        if isEventStream { lock.withLock { clock }?.endIdleLimit() }
        happen { $0.headArrived(HTTPResponse(response)) }
    }

    func received(_ data: Data) {
        progressed()
        happen { $0.bytesArrived(data) }
    }

    func progressed() {
        lock.withLock { clock }?.touch()
    }

    func completed(_ response: HTTPURLResponse?, _ error: (any Error)?) {
        lock.withLock { state.taskIsOver() }
        // Redirects without a place to go to are told only here.
        if error == nil, let response { received(response) }
        happen { state in
            state.taskEnded(error.map { NetworkFault.error($0, hasHead: state.head != nil) })
        }
        lock.withLock {
            task = nil
            clock = nil
            session = nil
        }
    }

    /// - Returns: `false` if the session must not be answered.
    func mayReturnRedirect() -> Bool {
        lock.withLock { state.mayReturnRedirect() }
    }

    func completedUnauthorized() {
        happen { $0.completed() }
    }

    func newBodyStream() -> InputStream? {
        lock.withLock { upload }?.newStream()
    }

    private func checkClock() {
        let (clock, upload) = lock.withLock { (self.clock, self.upload) }
        if clock?.isExpired(waitingForBody: upload?.isWaiting ?? false) == true { fail(URLError(.timedOut)) }
    }
}

/// Ends the transfer when the body it is about goes away unread.
private final class UnreadBody: Sendable {
    let transfer: Transfer

    init(_ transfer: Transfer) {
        self.transfer = transfer
    }

    deinit {
        transfer.abandonUnlessRead()
    }
}

/// Reads the body of a response, and ends the transfer when it goes away before the end.
private final class ResponseIterator: ChunkIterator {
    private let transfer: Transfer

    init(_ transfer: Transfer) {
        self.transfer = transfer
        transfer.markRead()
    }

    deinit {
        transfer.abandon()
    }

    func next() async throws -> [UInt8]? {
        while let data = try await transfer.read() {
            if !data.isEmpty { return [UInt8](data) }
        }
        return nil
    }
}
