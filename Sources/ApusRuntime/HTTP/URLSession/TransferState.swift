import Foundation
import HTTPTypes

/// What a transfer has come to, and what follows from each thing that happens to it.
///
/// It waits for nothing and calls nobody: ``Transfer`` is its driver, which tells it what
/// the session and the caller do, and does what it says.
struct TransferState {
    /// How a transfer ended.
    enum End {
        case complete
        case failed(any Error)
    }

    /// What the driver has to do after an event.
    struct Effects: OptionSet {
        let rawValue: UInt8

        /// Whoever waits for the head gets it, or the fault in its place.
        static let answerHead = Effects(rawValue: 1)
        /// Whoever waits for bytes asks again.
        static let answerReader = Effects(rawValue: 2)
        /// Clock and upload have nothing to do any more.
        static let stop = Effects(rawValue: 4)
        /// The session's task is cancelled.
        static let cancelTask = Effects(rawValue: 8)
        static let pauseTask = Effects(rawValue: 16)
        static let resumeTask = Effects(rawValue: 32)
    }

    /// What there is for a reader.
    enum Reading {
        case chunk(Data)
        case end
        case failed(any Error)
        /// Nothing yet.
        case wait
    }

    /// Of a response that nobody reads, this much is received so that the connection can be used again.
    static let discardLimit: Int64 = 65_536

    /// The most bytes of a compressed response that wait for their reader.
    static let compressedLimit: Int64 = 64 << 20

    private let isHead: Bool
    /// Whether a session's task can be paused, and goes on where it was.
    private let canPause: Bool
    /// The most bytes that wait for their reader.
    private var limit: Int64

    /// The head of the response, as soon as it is there.
    private(set) var head: HTTPResponse?
    private(set) var end: End?
    private var buffer = ReceiveBuffer()
    private var received: Int64 = 0
    /// Of what was received, what nobody has read yet.
    private var waiting: Int64 = 0
    private var isRead = false
    private var isDiscarded = false
    private var isPaused = false
    private var isTaskCancelled = false
    private var isReturningRedirect = false
    private var isTaskOver = false

    init(method: String, limit: Int64, canPause: Bool) {
        isHead = method == "HEAD"
        self.limit = limit
        self.canPause = canPause
    }

    // MARK: What the session does

    /// A head arrived, one of an informational response (RFC 9110 section 15.2) excepted.
    mutating func headArrived(_ head: HTTPResponse) -> Effects {
        guard self.head == nil, end == nil else { return [] }
        self.head = head
        if head.isCompressed { limit = min(limit, Self.compressedLimit) }
        return .answerHead
    }

    mutating func bytesArrived(_ data: Data) -> Effects {
        received &+= Int64(data.count)
        guard end == nil else { return [] }
        if isDiscarded { return received > Self.discardLimit ? fail(CancellationError()) : [] }
        do {
            waiting &+= Int64(data.count)
            guard waiting <= limit else { throw URLError(.dataLengthExceedsMaximum) }
            try buffer.append(data)
        } catch {
            return fail(error)
        }
        guard canPause, buffer.isFull, !isPaused else { return .answerReader }
        isPaused = true
        return [.answerReader, .pauseTask]
    }

    /// From now on there is no task to cancel.
    mutating func taskIsOver() {
        isTaskOver = true
    }

    /// The session's task is over.
    ///
    /// - Parameter error: Why, without anything secret; `nil` where it has come to its end.
    mutating func taskEnded(_ error: (any Error)?) -> Effects {
        isTaskOver = true
        if let error { return finish(.failed(error)) }
        return finish(head == nil ? .failed(URLError(.badServerResponse)) : .complete)
    }

    /// A redirect is about to be returned.
    ///
    /// - Returns: `false` if the task is being cancelled already, which ends it. To answer
    ///   the session then would be an error.
    mutating func mayReturnRedirect() -> Bool {
        isReturningRedirect = !isTaskCancelled
        return isReturningRedirect
    }

    /// The response is complete, though the session goes on with it.
    mutating func completed() -> Effects {
        finish(.complete).union(cancelTask())
    }

    // MARK: What the caller does

    /// Ends the transfer early; whoever waits for it gets `error`.
    mutating func fail(_ error: any Error) -> Effects {
        finish(.failed(error)).union(cancelTask())
    }

    /// The next bytes.
    mutating func read() -> (reading: Reading, effects: Effects) {
        isRead = true
        do {
            if let chunk = try buffer.take() {
                waiting &-= Int64(chunk.count)
                return (.chunk(chunk), buffer.isHalfEmpty ? resume() : [])
            }
        } catch {
            return (.failed(error), [])
        }
        switch end {
        case .complete: return (.end, [])
        case .failed(let error): return (.failed(error), [])
        case nil: return (.wait, [])
        }
    }

    /// Whether a reader would get anything but ``Reading/wait``.
    var hasNews: Bool { end != nil || waiting > 0 }

    /// Somebody is about to read.
    mutating func markRead() {
        isRead = true
    }

    /// Lets the response end by itself, if that does not take long.
    mutating func discard() -> Effects {
        isDiscarded = true
        buffer.removeAll()
        if end == nil, received > Self.discardLimit { return fail(CancellationError()) }
        return resume()
    }

    /// Nobody will read any further.
    mutating func abandon() -> Effects {
        let effects = fail(CancellationError())
        buffer.removeAll()
        return effects
    }

    /// The body went away.
    mutating func abandonUnlessRead() -> Effects {
        isRead ? [] : abandon()
    }

    // MARK: What follows

    private mutating func finish(_ end: End) -> Effects {
        guard self.end == nil else { return [] }
        var end = end
        if case .complete = end, let head, isCutShort(head) { end = .failed(URLError(.networkConnectionLost)) }
        self.end = end
        return resume().union([.answerHead, .answerReader, .stop])
    }

    /// Whether fewer bytes came than the head promised.
    private func isCutShort(_ head: HTTPResponse) -> Bool {
        guard let length = head.bodyLength, !isHead else { return false }
        let status = head.status.code
        // Of a redirect that cannot be followed, corelibs keeps the body to itself.
        guard status != 204, !(300...399).contains(status) else { return false }
        return received < length
    }

    private mutating func resume() -> Effects {
        guard isPaused else { return [] }
        isPaused = false
        return .resumeTask
    }

    private mutating func cancelTask() -> Effects {
        // Corelibs traps when a task is cancelled that is about to return a redirect, and
        // such a task ends at once anyway.
        guard !isReturningRedirect, !isTaskCancelled, !isTaskOver else { return [] }
        isTaskCancelled = true
        return .cancelTask
    }
}
