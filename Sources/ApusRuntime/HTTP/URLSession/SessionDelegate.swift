import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Hands what a session reports to the transfer it is about.
final class SessionDelegate: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let lock = NSLock()
    private var transfers: [Int: Transfer] = [:]
    /// The tasks whose challenge was rejected.
    private var rejected: Set<Int> = []

    func register(_ transfer: Transfer, for task: URLSessionTask) {
        lock.withLock { transfers[task.taskIdentifier] = transfer }
    }

    private func transfer(of task: URLSessionTask) -> Transfer? {
        lock.withLock { transfers[task.taskIdentifier] }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        transfer(of: dataTask)?.receive(response)
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        transfer(of: dataTask)?.receive(data)
    }

    /// A challenge of the server's (`WWW-Authenticate`) is the caller's business: the answer with it is passed on.
    ///
    /// On Linux a task would otherwise never end (swift-corelibs-foundation issue 5456). Challenges about the
    /// connection, such as the server's certificate or a proxy, keep the default handling.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        let space = challenge.protectionSpace
        let isOfServer = [
            NSURLAuthenticationMethodDefault, NSURLAuthenticationMethodHTTPBasic, NSURLAuthenticationMethodHTTPDigest,
            NSURLAuthenticationMethodNTLM, NSURLAuthenticationMethodNegotiate,
        ].contains(space.authenticationMethod)
        guard isOfServer, !space.isProxy() else { return completionHandler(.performDefaultHandling, nil) }
        lock.withLock { _ = rejected.insert(task.taskIdentifier) }
        completionHandler(.rejectProtectionSpace, nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let (transfer, isRejected) = lock.withLock {
            (transfers.removeValue(forKey: task.taskIdentifier), rejected.remove(task.taskIdentifier) != nil)
        }
        // On Linux a task whose challenge was rejected ends as if it were cancelled, with the whole answer in hand.
        let error = isRejected && task.response != nil && (error as? URLError)?.code == .cancelled ? nil : error
        // A response without content may not have been announced.
        if error == nil, let response = task.response { transfer?.receive(response) }
        transfer?.finish(error)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(Self.isSameOrigin(task.currentRequest?.url ?? task.originalRequest?.url, request.url) ? request : nil)
    }

    /// Scheme, host and port (RFC 6454 section 4).
    private static func isSameOrigin(_ left: URL?, _ right: URL?) -> Bool {
        guard let left, let right else { return false }
        func port(_ url: URL) -> Int? { url.port ?? (url.scheme?.lowercased() == "https" ? 443 : 80) }
        return left.scheme?.lowercased() == right.scheme?.lowercased() && left.host?.lowercased() == right.host?.lowercased()
            && port(left) == port(right)
    }
}
