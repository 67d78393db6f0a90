import Foundation

#if !canImport(FoundationNetworking)
    /// The source of a body writes into one end of a pair of streams, the session reads from the other.
    final class BoundBodyFeed: NSObject, StreamDelegate, @unchecked Sendable {
        /// What the session reads from.
        let stream: InputStream

        private let output: OutputStream
        private let queue = DispatchQueue(label: "apus.body")
        private var producer: Task<Void, Never>?

        // On `queue` only.
        private var chunk: ArraySlice<UInt8> = []
        private var hasSpace = false
        private var isClosed = false
        private var consumed: CheckedContinuation<Bool, Never>?

        private let lock = NSLock()
        private var isProducing = true

        /// - Parameter failing: Told when the source fails or is not as long as it says.
        init(_ body: HTTPBody, failing: @escaping @Sendable (any Error) -> Void) {
            var input: InputStream?
            var output: OutputStream?
            Stream.getBoundStreams(withBufferSize: 65_536, inputStream: &input, outputStream: &output)
            // Foundation gives both, or neither if memory is used up.
            self.stream = input ?? InputStream(data: Data())
            self.output = output ?? OutputStream(toMemory: ())
            super.init()
            self.output.delegate = self
            CFWriteStreamSetDispatchQueue(self.output, queue)
            self.output.open()
            producer = Task { [weak self] in
                do {
                    var count: Int64 = 0
                    for try await chunk in body where !chunk.isEmpty {
                        count &+= Int64(chunk.count)
                        if let length = body.length, count > length { throw URLSessionTransportError.wrongBodyLength }
                        guard await self?.put(chunk) ?? false else { return }
                    }
                    if let length = body.length, count < length { throw URLSessionTransportError.wrongBodyLength }
                    self?.end()
                } catch {
                    // Ends the transfer. Closing the stream would make the body look complete.
                    failing(error)
                }
            }
        }

        deinit {
            producer?.cancel()
        }

        /// Whether the session waits for the source, and not the other way around.
        var isWaiting: Bool { lock.withLock { isProducing } }

        func stop() {
            producer?.cancel()
            queue.async { self.close() }
        }

        private func put(_ bytes: [UInt8]) async -> Bool {
            lock.withLock { isProducing = false }
            defer { lock.withLock { isProducing = true } }
            return await withCheckedContinuation { continuation in
                queue.async {
                    if self.isClosed { return continuation.resume(returning: false) }
                    self.chunk = bytes[...]
                    self.consumed = continuation
                    self.write()
                }
            }
        }

        private func end() {
            lock.withLock { isProducing = false }
            queue.async { self.close() }
        }

        func stream(_ stream: Stream, handle event: Stream.Event) {
            switch event {
            case .hasSpaceAvailable:
                hasSpace = true
                write()
            case .errorOccurred, .endEncountered:
                close()
            default:
                break
            }
        }

        private func write() {
            guard hasSpace, !chunk.isEmpty, !isClosed else { return }
            hasSpace = false
            let count = chunk.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { output.write($0, maxLength: buffer.count) } ?? 0
            }
            guard count > 0 else { return close() }
            chunk = chunk.dropFirst(count)
            if chunk.isEmpty {
                consumed?.resume(returning: true)
                consumed = nil
            } else if output.hasSpaceAvailable {
                hasSpace = true
                queue.async { self.write() }
            }
        }

        private func close() {
            guard !isClosed else { return }
            isClosed = true
            output.delegate = nil
            CFWriteStreamSetDispatchQueue(output, nil)
            output.close()
            consumed?.resume(returning: false)
            consumed = nil
        }
    }
#endif
