import ApusRuntime
import Foundation

/// A socket on 127.0.0.1 that waits for connections.
final class ListeningSocket: @unchecked Sendable {
    let port: UInt16
    private let descriptor: Int32
    // Guarded by `lock`.
    private var isClosed = false
    private var isAskedToStop = false
    private let lock = NSLock()

    /// What the system said against it.
    struct Failure: Error {
        let number: Int32
    }

    init() throws(OAuth2Error) {
        #if canImport(Glibc) || canImport(Musl)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw .transport(Failure(number: errno)) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isListening else {
            let number = errno
            _ = Foundation.close(descriptor)
            throw .transport(Failure(number: number))
        }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close() }

    var isStopped: Bool { lock.withLock { isAskedToStop } }

    /// Lets whoever waits give up.
    func stop() {
        lock.withLock { isAskedToStop = true }
    }

    func close() {
        lock.withLock {
            if !isClosed { _ = Foundation.close(descriptor) }
            isClosed = true
        }
    }

    /// The next connection, if one comes within so many seconds.
    func connection(within seconds: Double) -> Connection? {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, Int32(seconds * 1000)) > 0 else { return nil }
        let connection = accept(descriptor, nil, nil)
        return connection < 0 ? nil : Connection(descriptor: connection)
    }

    /// One request and its answer.
    struct Connection {
        fileprivate let descriptor: Int32

        /// A browser sends less before the end of the head.
        private static let maximumHeadBytes = 32_768

        /// The target of a `GET` request; `nil` for anything else, and where
        /// the head does not come within five seconds.
        func target() -> String? {
            var head: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            let end = ContinuousClock.now + .seconds(5)
            while !head.contains(UInt8(ascii: "\n")) {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard ContinuousClock.now < end, head.count < Self.maximumHeadBytes else { return nil }
                guard poll(&waiting, 1, 100) > 0 else { continue }
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { return nil }
                head += buffer[..<count]
            }
            let line = head.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
            let parts = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard parts.count == 3, parts[0] == "GET", parts[1].hasPrefix("/") else { return nil }
            return String(parts[1])
        }

        /// - Parameter page: Fixed text: nothing of the request is repeated.
        func answer(status: StaticString, page: StaticString) {
            let body = "<!doctype html><meta charset=\"utf-8\"><title>Sign-in</title><p>\(page)</p>\n"
            let text =
                "HTTP/1.1 \(status)\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: \(body.utf8.count)\r\n"
                + "Cache-Control: no-store\r\nConnection: close\r\n\r\n\(body)"
            let bytes = Array(text.utf8)
            #if canImport(Glibc) || canImport(Musl)
                let flags = Int32(MSG_NOSIGNAL)
            #else
                let flags: Int32 = 0
            #endif
            _ = send(descriptor, bytes, bytes.count, flags)
        }

        func close() {
            _ = Foundation.shutdown(descriptor, Int32(SHUT_WR))
            _ = Foundation.close(descriptor)
        }
    }
}
