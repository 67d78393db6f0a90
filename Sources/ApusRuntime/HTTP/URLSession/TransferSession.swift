import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A session and its delegate. Transfers keep it alive while they go on.
final class TransferSession: Sendable {
    let session: URLSession
    let delegate: TransferDelegate
    let closesConnections: Bool

    /// Where tasks are started and cancelled: corelibs waits for the session's
    /// queue to do so, which may be busy, and which may be the one that asks for it.
    let queue = DispatchQueue(label: "apus.session")

    /// - Parameter closesConnections: Whether no connection is used for a second request.
    init(_ configuration: URLSessionConfiguration, closesConnections: Bool = false) {
        let configuration = (configuration.copy() as? URLSessionConfiguration) ?? .ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        self.closesConnections = closesConnections
        configuration.timeoutIntervalForRequest = OutgoingRequest.noTimeout
        delegate = TransferDelegate()
        #if canImport(FoundationNetworking)
            let queue = ImmediateQueue()
        #else
            let queue = OperationQueue()
            queue.maxConcurrentOperationCount = 1
        #endif
        session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: queue)
    }

    deinit {
        queue.async { [session] in session.finishTasksAndInvalidate() }
    }
}

#if canImport(FoundationNetworking)
    /// Runs the delegate's methods at once, on the queue on which the session
    /// works, so that what a method is told is still so when it runs. In
    /// corelibs all sessions of a process share that queue: nothing may block it.
    private final class ImmediateQueue: OperationQueue, @unchecked Sendable {
        override func addOperation(_ block: @escaping @Sendable () -> Void) {
            block()
        }
    }
#endif
