import Foundation

#if canImport(Darwin)
    import Darwin
#endif

/// One connection of a browser: a request and its answer.
final class LoopbackConnection {
    let descriptor: Int32
    private var head: [UInt8] = []

    /// A browser sends less before the end of the first line.
    private static let maximumHeadBytes = 32_768

    init(descriptor: Int32) {
        self.descriptor = descriptor
        #if canImport(Darwin)
            // There a write to a browser that has hung up ends the process.
            var one: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &one, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    deinit {
        _ = Foundation.shutdown(descriptor, Int32(SHUT_WR))
        _ = Foundation.close(descriptor)
    }

    /// What is known of the request.
    enum Request {
        case incomplete
        /// A `GET` request's target.
        case target(String)
        /// Nothing that a redirect looks like, or the other side has hung up.
        case other
    }

    /// Takes what has come.
    func read() -> Request {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !head.contains(UInt8(ascii: "\n")) {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR { return .incomplete }
            guard count > 0, head.count < Self.maximumHeadBytes else { return .other }
            head += buffer[..<count]
        }
        let line = head.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        let parts = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard parts.count == 3, parts[0] == "GET", parts[1].hasPrefix("/") else { return .other }
        return .target(String(parts[1]))
    }

    /// - Parameter page: Fixed text: nothing of the request is repeated.
    func answer(status: StaticString, page: StaticString) {
        let body = "<!doctype html><meta charset=\"utf-8\"><title>Sign-in</title><p>\(page)</p>\n"
        let text =
            "HTTP/1.1 \(status)\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Cache-Control: no-store\r\nConnection: close\r\n\r\n\(body)"
        let bytes = Array(text.utf8)
        #if canImport(Glibc) || canImport(Musl) || canImport(Android)
            let flags = Int32(MSG_NOSIGNAL)
        #else
            let flags: Int32 = 0
        #endif
        // Less than any socket's buffer, so it goes out at once.
        _ = send(descriptor, bytes, bytes.count, flags)
    }
}
