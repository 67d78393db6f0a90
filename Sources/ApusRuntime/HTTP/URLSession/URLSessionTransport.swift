import Foundation
public import HTTPTypes

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends requests by `URLSession`.
///
/// It keeps neither cookies nor a cache. Redirects within the same origin are
/// followed; one to another origin is returned as the response it is, so that
/// credentials never go there.
public struct URLSessionTransport: Transport {
    private let session: URLSession
    private let delegate: SessionDelegate

    /// A transport with timeouts.
    ///
    /// - Parameters:
    ///   - requestTimeout: How long the server may be silent, in seconds.
    ///   - resourceTimeout: How long a request with its response may take, in seconds.
    public init(requestTimeout: Double = 60, resourceTimeout: Double = 604_800) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = requestTimeout
        configuration.timeoutIntervalForResource = resourceTimeout
        self.init(configuration: configuration)
    }

    /// A transport with a configuration of your own, of which cookies, cache
    /// and stored credentials are turned off.
    public init(configuration: URLSessionConfiguration) {
        configuration.httpCookieStorage = nil
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        delegate = SessionDelegate()
        session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: nil)
    }

    public func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        try Task.checkCancellation()
        var message = try URLRequest(message: request)
        var upload: TemporaryFile?
        switch body?.storage {
        case .data(let data)?: message.httpBody = data
        case .stream?: upload = try await TemporaryFile(holding: body ?? .empty)
        case nil: break
        }
        let task =
            if let upload { session.uploadTask(with: message, fromFile: upload.url) } else { session.dataTask(with: message) }
        let transfer = Transfer(task: task, upload: upload)
        return try await withTaskCancellationHandler {
            let head = try await transfer.begin(with: delegate)
            return (try HTTPResponse(head), transfer.body(for: head, method: request.method))
        } onCancel: {
            transfer.cancel()
        }
    }
}

/// A response that is not HTTP's, or a request that has no URL.
public struct UnsupportedMessage: Error, Sendable, Hashable {}

extension URLRequest {
    fileprivate init(message: HTTPRequest) throws {
        guard let scheme = message.scheme, let authority = message.authority,
            let url = URL(string: "\(scheme)://\(authority)\(message.path ?? "/")")
        else { throw UnsupportedMessage() }
        self.init(url: url)
        httpMethod = message.method.rawValue
        httpShouldHandleCookies = false
        for field in message.headerFields {
            // Fields of one name are one list (RFC 9110 section 5.3), but cookies have their own separator.
            let separator = field.name == .cookie ? "; " : ", "
            let earlier = value(forHTTPHeaderField: field.name.rawName)
            setValue(earlier.map { $0 + separator + field.value } ?? field.value, forHTTPHeaderField: field.name.rawName)
        }
    }
}

extension HTTPResponse {
    fileprivate init(_ response: URLResponse) throws {
        guard let response = response as? HTTPURLResponse, (0...999).contains(response.statusCode) else {
            throw UnsupportedMessage()
        }
        self.init(status: Status(code: response.statusCode))
        for (name, value) in response.allHeaderFields {
            guard let name = (name as? String).flatMap({ HTTPField.Name($0) }), let value = value as? String else { continue }
            headerFields.append(HTTPField(name: name, value: value))
        }
    }
}

/// Content on its way out that is not in memory: `URLSession` sends files of
/// any size without holding them, on every platform, and can send them again.
private final class TemporaryFile: Sendable {
    let url: URL

    init(holding body: HTTPBody) async throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let handle = try FileHandle(forWritingTo: url)
        for try await chunk in body { try handle.write(contentsOf: chunk) }
        try handle.close()
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// One request and its response.
final class Transfer: @unchecked Sendable {
    private let task: URLSessionTask
    private let upload: (any Sendable)?
    private let lock = NSLock()
    private var head: Result<URLResponse, any Error>?
    private var headWaiter: CheckedContinuation<URLResponse, any Error>?
    private var chunks: [Data] = []
    private var bufferedBytes = 0
    private var end: Result<Void, any Error>?
    private var chunkWaiter: CheckedContinuation<[UInt8]?, any Error>?
    private var isSuspended = false

    /// So much may wait for the reader before the server is held back.
    private static let highWaterMark = 1 << 20

    init(task: URLSessionTask, upload: (any Sendable)?) {
        self.task = task
        self.upload = upload
    }

    func begin(with delegate: SessionDelegate) async throws -> URLResponse {
        delegate.register(self, for: task)
        return try await withCheckedThrowingContinuation { continuation in
            let known: Result<URLResponse, any Error>? = lock.withLock {
                if head == nil { headWaiter = continuation }
                return head
            }
            if let known { continuation.resume(with: known) }
            task.resume()
        }
    }

    func cancel() {
        task.cancel()
        finish(CancellationError())
    }

    func body(for response: URLResponse, method: HTTPRequest.Method) -> HTTPBody {
        let length = method == .head ? 0 : response.expectedContentLength
        let reader = Reader(transfer: self)
        return HTTPBody(length: length >= 0 && !isEncoded(response) ? length : nil, isReplayable: false) { reader }
    }

    /// Content that is decompressed on the way has another length.
    private func isEncoded(_ response: URLResponse) -> Bool {
        (response as? HTTPURLResponse)?.value(forHTTPHeaderField: "Content-Encoding") != nil
    }

    // MARK: From the session

    func receive(_ response: URLResponse) {
        let waiter = lock.withLock {
            if head == nil { head = .success(response) }
            defer { headWaiter = nil }
            return headWaiter
        }
        waiter?.resume(returning: response)
    }

    func receive(_ data: Data) {
        let waiter: CheckedContinuation<[UInt8]?, any Error>? = lock.withLock {
            guard end == nil else { return nil }
            if let waiter = chunkWaiter {
                chunkWaiter = nil
                return waiter
            }
            chunks.append(data)
            bufferedBytes += data.count
            if bufferedBytes >= Self.highWaterMark, !isSuspended {
                isSuspended = true
                task.suspend()
            }
            return nil
        }
        waiter?.resume(returning: [UInt8](data))
    }

    func finish(_ error: (any Error)?) {
        let (headWaiter, chunkWaiter, result) = lock.withLock {
            let result: Result<Void, any Error> = end ?? error.map { .failure($0) } ?? .success(())
            end = result
            let headError = error ?? UnsupportedMessage()
            if head == nil { head = .failure(headError) }
            defer {
                self.headWaiter = nil
                self.chunkWaiter = nil
            }
            return (self.headWaiter, self.chunkWaiter, result)
        }
        if let headWaiter { headWaiter.resume(throwing: error ?? UnsupportedMessage()) }
        switch result {
        case .success: chunkWaiter?.resume(returning: nil)
        case .failure(let error): chunkWaiter?.resume(throwing: error)
        }
    }

    // MARK: To the reader

    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let known: Result<[UInt8]?, any Error>? = lock.withLock {
                    if !chunks.isEmpty {
                        let chunk = chunks.removeFirst()
                        bufferedBytes -= chunk.count
                        if isSuspended, bufferedBytes < Self.highWaterMark / 2 {
                            isSuspended = false
                            task.resume()
                        }
                        return .success([UInt8](chunk))
                    }
                    if let end { return end.map { nil } }
                    chunkWaiter = continuation
                    return nil
                }
                if let known { continuation.resume(with: known) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Stops the transfer when nobody reads it any more.
    fileprivate final class Reader: ChunkIterator, Sendable {
        private let transfer: Transfer

        init(transfer: Transfer) {
            self.transfer = transfer
        }

        func next() async throws -> [UInt8]? {
            try await transfer.next()
        }

        deinit {
            transfer.abandon()
        }
    }

    fileprivate func abandon() {
        if lock.withLock({ end == nil }) { cancel() }
    }
}
