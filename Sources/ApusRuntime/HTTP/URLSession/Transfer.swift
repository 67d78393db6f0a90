import Foundation
import HTTPTypes

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One request on its way and its response.
///
/// The session's delegate puts in what arrives, the caller takes it out. All
/// state is behind `lock`; continuations are resumed outside of it.
final class Transfer: @unchecked Sendable {
    /// Of a response that nobody reads, this much is received so that the connection can be used again.
    private static let discardLimit = 65_536

    /// The most bytes of a compressed response that wait for their reader.
    private static let compressedLimit: Int64 = 64 << 20

    private let lock = NSLock()
    private let outgoing: OutgoingRequest
    private let timeouts: URLSessionTransport.Timeouts
    private var upload: BodyUpload?
    private let isEventStream: Bool
    /// The most bytes that wait for their reader.
    private var limit: Int64

    private var session: TransferSession?
    private var task: URLSessionTask?
    private var isCancelIssued = false
    private var isReturningRedirect = false
    private var isCompleted = false
    private var clock: TransferClock?

    private var head: HTTPResponse?
    /// Who waits for the head. It is read under the lock, and not handed over.
    private var headWaiter: CheckedContinuation<Void, any Error>?
    private var buffer = ReceiveBuffer()
    private var received: Int64 = 0
    /// Of what was received, what nobody has read yet.
    private var waiting: Int64 = 0
    private var reader: CheckedContinuation<Data?, any Error>?
    private var end: End?
    private var isRead = false
    private var isDiscarded = false
    #if !canImport(FoundationNetworking)
        private var isPaused = false
    #endif

    private enum End {
        case complete
        case failed(any Error)
    }

    init(
        _ outgoing: OutgoingRequest, _ upload: BodyUpload?, timeouts: URLSessionTransport.Timeouts,
        isEventStream: Bool, limit: Int64, session: TransferSession
    ) {
        self.isEventStream = isEventStream
        self.limit = limit
        self.outgoing = outgoing
        self.upload = upload
        self.timeouts = timeouts
        self.session = session
    }

    // MARK: For the caller

    /// Sends the request.
    ///
    /// - Returns: The head of the response, as soon as it is there.
    func start() async throws -> HTTPResponse {
        try Task.checkCancellation()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let failure: (any Error)? = lock.withLock {
                    if case .failed(let error) = end { return error }
                    headWaiter = continuation
                    return nil
                }
                if let failure {
                    continuation.resume(throwing: failure)
                } else {
                    lock.withLock { session }?.queue.async { self.begin() }
                }
            }
        } onCancel: {
            fail(CancellationError())
        }
        guard let head = lock.withLock({ head }) else { throw URLError(.badServerResponse) }
        return head
    }

    private func begin() {
        let (session, upload) = lock.withLock { (end == nil ? self.session : nil, self.upload) }
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
            return end != nil
        }
        if !isOver { clock.start() }
        task.resume()
        if isOver { cancelTask() }
    }

    /// The body, to be read once.
    func responseBody(to method: HTTPRequest.Method, _ response: HTTPResponse) -> HTTPBody {
        let status = response.status.code
        if method == .head || status == 204 || status == 304 {
            discardBody()
            return .empty
        }
        let lease = UnreadBody(self)
        return HTTPBody(length: response.bodyLength, isReplayable: false) { ResponseIterator(lease.transfer) }
    }

    /// Ends the transfer early; whoever waits for it gets `error`.
    func fail(_ error: any Error) {
        finish(.failed(error))
        cancelTask()
    }

    /// Lets the response end by itself, if that does not take long.
    func discardBody() {
        let isTooMuch = lock.withLock {
            isDiscarded = true
            let isTooMuch = end == nil && received > Self.discardLimit
            buffer.removeAll()
            resumeReceiving()
            return isTooMuch
        }
        if isTooMuch { fail(CancellationError()) }
    }

    func markRead() {
        lock.withLock { isRead = true }
    }

    /// The body was dropped before anybody read it.
    func abandonUnlessRead() {
        if !lock.withLock({ isRead }) { abandon() }
    }

    /// Nobody will read any further.
    func abandon() {
        fail(CancellationError())
        lock.withLock { buffer.removeAll() }
    }

    /// The next bytes of the body; `nil` at its end.
    func read() async throws -> Data? {
        try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await withCheckedThrowingContinuation { continuation in
                let result: Result<Data?, any Error>? = lock.withLock {
                    do {
                        if let chunk = try takeChunk() { return .success(chunk) }
                    } catch {
                        return .failure(error)
                    }
                    switch end {
                    case .complete: return .success(nil)
                    case .failed(let error): return .failure(error)
                    case nil:
                        // A second reader cannot be, as iterators are not Sendable.
                        reader = continuation
                        return nil
                    }
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            fail(CancellationError())
        }
    }

    // MARK: For the session's delegate

    func received(_ response: HTTPURLResponse) {
        // Informational responses precede the response (RFC 9110 section 15.2).
        guard !(100...199).contains(response.statusCode) || response.statusCode == 101 else { return progressed() }
        let head = HTTPResponse(response)
        clock?.touch()
        let waiter = lock.withLock {
            guard self.head == nil, end == nil else { return nil as CheckedContinuation<Void, any Error>? }
            self.head = head
            if head.isCompressed { limit = min(limit, Self.compressedLimit) }
            if isEventStream { clock?.endIdleLimit() }
            defer { headWaiter = nil }
            return headWaiter
        }
        waiter?.resume()
    }

    func received(_ data: Data) {
        clock?.touch()
        lock.lock()
        received &+= Int64(data.count)
        if end != nil {
            lock.unlock()
            return
        }
        if isDiscarded {
            let isTooMuch = received > Self.discardLimit
            lock.unlock()
            if isTooMuch { fail(CancellationError()) }
            return
        }
        if let reader {
            self.reader = nil
            waiting = 0
            lock.unlock()
            reader.resume(returning: data)
            return
        }
        do {
            waiting &+= Int64(data.count)
            guard waiting <= limit else { throw URLError(.dataLengthExceedsMaximum) }
            try buffer.append(data)
        } catch {
            lock.unlock()
            return fail(error)
        }
        if buffer.isFull { pauseReceiving() }
        lock.unlock()
    }

    func progressed() {
        clock?.touch()
    }

    func completed(_ response: HTTPURLResponse?, _ error: (any Error)?) {
        lock.withLock { isCompleted = true }
        // Redirects without a place to go to are told only here.
        if error == nil, let response { received(response) }
        let hasHead = lock.withLock { head != nil }
        if let error {
            finish(.failed(NetworkFault.error(error, hasHead: hasHead)))
        } else if hasHead {
            finish(.complete)
        } else {
            finish(.failed(URLError(.badServerResponse)))
        }
        release()
    }

    /// - Returns: `false` if the task is being cancelled already, which ends it.
    ///   To answer the session then would be an error.
    func mayReturnRedirect() -> Bool {
        lock.withLock {
            isReturningRedirect = !isCancelIssued
            return isReturningRedirect
        }
    }

    func completedUnauthorized() {
        finish(.complete)
        cancelTask()
    }

    func newBodyStream() -> InputStream? {
        lock.withLock { upload }?.newStream()
    }

    // MARK: State

    private func finish(_ end: End) {
        lock.lock()
        guard self.end == nil else {
            lock.unlock()
            return
        }
        var end = end
        if case .complete = end, let head, isCutShort(head) { end = .failed(URLError(.networkConnectionLost)) }
        self.end = end
        let headWaiter = headWaiter
        let reader = reader
        let clock = clock
        let upload = upload
        self.headWaiter = nil
        self.reader = nil
        self.upload = nil
        resumeReceiving()
        lock.unlock()
        clock?.stop()
        upload?.stop()
        switch end {
        case .complete:
            // The head is there, or the end would not be `complete`.
            headWaiter?.resume(throwing: URLError(.badServerResponse))
            reader?.resume(returning: nil)
        case .failed(let error):
            headWaiter?.resume(throwing: error)
            reader?.resume(throwing: error)
        }
    }

    /// Whether fewer bytes came than the head promised.
    private func isCutShort(_ head: HTTPResponse) -> Bool {
        guard let length = head.bodyLength, outgoing.urlRequest.httpMethod != "HEAD" else { return false }
        let status = head.status.code
        // Of a redirect that cannot be followed, corelibs keeps the body to itself.
        guard status != 204, !(300...399).contains(status) else { return false }
        return received < length
    }

    private func takeChunk() throws -> Data? {
        let chunk = try buffer.take()
        waiting &-= Int64(chunk?.count ?? 0)
        if buffer.isHalfEmpty { resumeReceiving() }
        return chunk
    }

    private func pauseReceiving() {
        #if !canImport(FoundationNetworking)
            guard !isPaused, end == nil else { return }
            isPaused = true
            clock?.pause()
            task?.suspend()
        #endif
    }

    private func resumeReceiving() {
        #if !canImport(FoundationNetworking)
            guard isPaused else { return }
            isPaused = false
            clock?.resume()
            task?.resume()
        #endif
    }

    private func cancelTask() {
        lock.withLock {
            // Corelibs traps when a task is cancelled that is about to return
            // a redirect, and such a task ends at once anyway.
            guard let task, let session, !isReturningRedirect, !isCancelIssued, !isCompleted else { return }
            isCancelIssued = true
            session.queue.async { task.cancel() }
        }
    }

    private func release() {
        lock.withLock {
            task = nil
            clock = nil
            session = nil
        }
    }

    private func checkClock() {
        guard let clock = lock.withLock({ self.clock }) else { return }
        if clock.isExpired(waitingForBody: lock.withLock { upload }?.isWaiting ?? false) { fail(URLError(.timedOut)) }
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
