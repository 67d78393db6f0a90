import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking

    /// Feeds the body of a request to a session.
    final class BodyUpload: Sendable {
        private let body: SpooledBody
        private let mayRepeat: Bool
        private let lock = NSLock()
        private nonisolated(unsafe) var failing: @Sendable (any Error) -> Void = { _ in }

        /// - Parameter mayRepeat: Whether the request may be sent a second time.
        /// - Throws: See ``SpooledBody/init(_:)``.
        init(_ body: HTTPBody, mayRepeat: Bool) async throws {
            self.body = try await SpooledBody(body)
            self.mayRepeat = mayRepeat
        }

        /// Whether the session is waiting for the source of the body.
        var isWaiting: Bool { false }

        func attach(to request: inout URLRequest, failing: @escaping @Sendable (any Error) -> Void) {
            lock.withLock { self.failing = failing }
            request.httpBodyStream = body.stream
            request.setValue(String(body.length), forHTTPHeaderField: "Content-Length")
            // libcurl leaves a field out whose value is blank, and the blank
            // value keeps it and Foundation from adding one of their own.
            request.setValue(" ", forHTTPHeaderField: "Transfer-Encoding")
            if request.value(forHTTPHeaderField: "Content-Type") == nil {
                request.setValue(" ", forHTTPHeaderField: "Content-Type")
            }
        }

        /// Called when the request is sent again on a new connection.
        ///
        /// - Returns: `nil`, and corelibs goes on with the stream it has. It
        ///   would try to seek in another one, which only streams of its own can.
        func newStream() -> InputStream? {
            guard mayRepeat else {
                // The server may have done the first one (RFC 9110 section 9.2.2).
                body.refuse()
                lock.withLock { failing }(URLError(.networkConnectionLost))
                return nil
            }
            body.rewind()
            return nil
        }

        func stop() {}
    }
#else
    /// Feeds the body of a request to a session while the source produces it.
    final class BodyUpload: @unchecked Sendable {
        private let body: HTTPBody
        private let lock = NSLock()
        private var feed: BoundBodyFeed?
        private var failing: @Sendable (any Error) -> Void = { _ in }

        private let mayRepeat: Bool

        init(_ body: HTTPBody, mayRepeat: Bool) async throws {
            self.body = body
            self.mayRepeat = mayRepeat
        }

        /// Whether the session is waiting for the source of the body.
        var isWaiting: Bool { lock.withLock { feed }?.isWaiting ?? false }

        /// - Parameter failing: Told when the source fails, which must end the transfer.
        func attach(to request: inout URLRequest, failing: @escaping @Sendable (any Error) -> Void) {
            if case .data(let data) = body.storage {
                request.httpBody = data
                return
            }
            if let length = body.length { request.setValue(String(length), forHTTPHeaderField: "Content-Length") }
            let feed = BoundBodyFeed(body, failing: failing)
            lock.withLock {
                self.feed = feed
                self.failing = failing
            }
            request.httpBodyStream = feed.stream
        }

        /// The body from its beginning, as a session needs it that sends the request again.
        func newStream() -> InputStream? {
            let (current, failing) = lock.withLock { (self.feed, self.failing) }
            guard let current else { return nil }
            current.stop()
            guard body.isReplayable, mayRepeat else {
                failing(URLError(.networkConnectionLost))
                return nil
            }
            let feed = BoundBodyFeed(body, failing: failing)
            lock.withLock { self.feed = feed }
            return feed.stream
        }

        func stop() {
            lock.withLock { feed }?.stop()
        }
    }
#endif
