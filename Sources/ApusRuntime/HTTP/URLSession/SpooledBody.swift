import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking

    /// The body of a request on its way through corelibs.
    ///
    /// Corelibs reads a body's stream on the queue that all sessions of the
    /// process share, and takes a stream that has no bytes at hand for one that
    /// is at its end. So nothing is sent before the whole body is at hand: up
    /// to ``ReceiveBuffer/limit`` in memory, what is longer in a file.
    final class SpooledBody: @unchecked Sendable {
        private enum Storage {
            case memory(Data)
            case file(SpoolFile)
        }

        // Read on the session's queue only.
        private let storage: Storage
        private var offset = 0
        private var isRefused = false

        /// How many bytes there are.
        let length: Int64

        /// - Throws: What the source of the body throws,
        ///   ``URLSessionTransportError/wrongBodyLength``, or `URLError` if no file can be written.
        init(_ body: HTTPBody) async throws {
            if case .data(let data) = body.storage {
                storage = .memory(data)
                length = Int64(data.count)
                return
            }
            var memory = Data()
            var file: SpoolFile?
            var count: Int64 = 0
            for try await chunk in body {
                try Task.checkCancellation()
                count &+= Int64(chunk.count)
                if let length = body.length, count > length { throw URLSessionTransportError.wrongBodyLength }
                if file == nil, count <= ReceiveBuffer.limit {
                    memory.append(contentsOf: chunk)
                    continue
                }
                if file == nil {
                    file = try SpoolFile()
                    try file?.append(memory)
                    memory = Data()
                }
                try file?.append(Data(chunk))
            }
            if let length = body.length, count < length { throw URLSessionTransportError.wrongBodyLength }
            length = count
            storage = file.map { .file($0) } ?? .memory(memory)
        }

        var stream: InputStream { SpooledStream(self) }

        /// Goes back to the first byte.
        func rewind() {
            switch storage {
            case .memory: offset = 0
            case .file(let file): file.rewind()
            }
        }

        /// Lets all further reading fail.
        func refuse() {
            isRefused = true
        }

        /// - Returns: How many bytes were read: 0 at the end, -1 if the file cannot be read.
        fileprivate func read(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
            if isRefused { return -1 }
            switch storage {
            case .memory(let data):
                let chunk = data.dropFirst(offset).prefix(buffer.count)
                offset += chunk.count
                return chunk.copyBytes(to: buffer)
            case .file(let file):
                do {
                    return try file.read(upTo: buffer.count)?.copyBytes(to: buffer) ?? 0
                } catch {
                    return -1
                }
            }
        }
    }

    private final class SpooledStream: InputStream {
        private let body: SpooledBody
        private var status = Stream.Status.notOpen

        init(_ body: SpooledBody) {
            self.body = body
            super.init(data: Data())
        }

        override func open() { status = .open }
        override func close() { status = .closed }
        override var streamStatus: Stream.Status { status }
        override var hasBytesAvailable: Bool { true }

        override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength: Int) -> Int {
            body.read(UnsafeMutableBufferPointer(start: buffer, count: maxLength))
        }
    }
#endif
