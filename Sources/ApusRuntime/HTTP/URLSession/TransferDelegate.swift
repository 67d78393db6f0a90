import Foundation

#if canImport(Security)
    import Security
#endif
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Passes on what a session tells to the transfer it is about.
final class TransferDelegate: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let lock = NSLock()
    private var transfers: [Int: Transfer] = [:]

    func add(_ transfer: Transfer, for task: URLSessionTask) {
        lock.withLock { transfers[task.taskIdentifier] = transfer }
    }

    /// How many transfers are under way.
    var count: Int { lock.withLock { transfers.count } }

    private func transfer(_ task: URLSessionTask) -> Transfer? {
        lock.withLock { transfers[task.taskIdentifier] }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        if let response = response as? HTTPURLResponse { transfer(dataTask)?.received(response) }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        transfer(dataTask)?.received(data)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didSendBodyData bytesSent: Int64, totalBytesSent: Int64,
        totalBytesExpectedToSend: Int64
    ) {
        transfer(task)?.progressed()
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let transfer = lock.withLock { transfers.removeValue(forKey: task.taskIdentifier) }
        transfer?.completed(task.response as? HTTPURLResponse, error)
    }

    /// Redirects are decided by ``Redirect``. The session would lose the body,
    /// and would carry credentials to another origin.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        guard transfer(task)?.mayReturnRedirect() ?? true else { return }
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, needNewBodyStream completionHandler: @escaping (InputStream?) -> Void
    ) {
        completionHandler(transfer(task)?.newBodyStream())
    }

    #if canImport(Security)
        /// What the client shows where a server asks who it is (RFC 8446
        /// section 4.3.2); set before the first request.
        var clientCredential: URLCredential?

        /// The hosts that are shown it, in lower case; `nil` for all.
        var clientHosts: Set<String>?

        /// Decides on a server's certificates in place of the system.
        var evaluateTrust: (@Sendable (String, SecTrust) -> Bool)?

        func urlSession(
            _ session: URLSession, didReceive challenge: URLAuthenticationChallenge,
            completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
        ) {
            let space = challenge.protectionSpace
            if space.authenticationMethod == NSURLAuthenticationMethodServerTrust, let evaluateTrust, let trust = space.serverTrust {
                guard evaluateTrust(space.host, trust) else { return completionHandler(.cancelAuthenticationChallenge, nil) }
                return completionHandler(.useCredential, URLCredential(trust: trust))
            }
            guard space.authenticationMethod == NSURLAuthenticationMethodClientCertificate, let clientCredential,
                clientHosts?.contains(space.host.lowercased()) ?? true
            else { return completionHandler(.performDefaultHandling, nil) }
            completionHandler(.useCredential, clientCredential)
        }
    #endif

    #if canImport(FoundationNetworking)
        /// Told instead of completion when a response asks for a password: there
        /// is none to give, and the response is complete.
        func urlSession(
            _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
            completionHandler: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
        ) {
            transfer(task)?.completedUnauthorized()
        }
    #endif
}
