import Foundation

/// A real server on this machine whose answers can be broken on purpose. It
/// takes one request for each connection.
final class SocketServer: @unchecked Sendable {
    enum Step: Sendable {
        case send(String)
        case pause(Double)
        /// Breaks the connection off, so that the client sees a reset.
        case reset
        /// Holds the connection until the server is stopped.
        case hold

        /// A whole answer.
        static func answer(_ body: String, status: String = "200 OK", type: String = "application/json", more: String = "") -> Step {
            .send(
                "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\(more)Connection: close\r\n\r\n\(body)")
        }

        static func token(_ access: String, refresh: String, lifetime: Int = 3600) -> Step {
            answer(#"{"access_token":"\#(access)","token_type":"Bearer","expires_in":\#(lifetime),"refresh_token":"\#(refresh)"}"#)
        }
    }

    struct Failure: Error {
        var number = errno
    }

    let url: String
    private let descriptor: Int32
    private let script: @Sendable (_ request: String, _ index: Int) -> [Step]
    private let lock = NSLock()
    private var isStopped = false
    private var received: [String] = []

    /// - Parameter script: Gets the request and how many came before it.
    init(_ script: @escaping @Sendable (_ request: String, _ index: Int) -> [Step]) throws {
        self.script = script
        #if canImport(Glibc) || canImport(Musl)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard descriptor >= 0, isListening else { throw Failure() }
        self.descriptor = descriptor
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        Thread.detachNewThread { self.accept() }
    }

    /// The requests, heads and bodies.
    var requests: [String] { lock.withLock { received } }

    /// Stops the server. Nobody can connect any more.
    func stop() {
        let isFirst = lock.withLock {
            defer { isStopped = true }
            return !isStopped
        }
        if isFirst { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
    }

    private var hasEnded: Bool { lock.withLock { isStopped } }

    private func accept() {
        while !hasEnded {
            let connection = Foundation.accept(descriptor, nil, nil)
            if connection < 0 { break }
            Thread.detachNewThread { self.serve(connection) }
        }
        close(descriptor)
    }

    private func serve(_ connection: Int32) {
        guard let request = read(connection) else {
            close(connection)
            return
        }
        let index = lock.withLock {
            received.append(request)
            return received.count - 1
        }
        for step in script(request, index) {
            switch step {
            case .send(let text):
                let bytes = Array(text.utf8)
                #if canImport(Glibc) || canImport(Musl)
                    let flags = Int32(MSG_NOSIGNAL)
                #else
                    let flags: Int32 = 0
                #endif
                _ = send(connection, bytes, bytes.count, flags)
            case .pause(let seconds): Thread.sleep(forTimeInterval: seconds)
            case .reset:
                var option = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                close(connection)
                return
            case .hold: while !hasEnded { Thread.sleep(forTimeInterval: 0.02) }
            }
        }
        _ = shutdown(connection, Int32(SHUT_WR))
        close(connection)
    }

    private func read(_ connection: Int32) -> String? {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            if count <= 0 { return nil }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let length = text[..<end.lowerBound].split(separator: "\r\n")
                .first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) } ?? 0
            if text[end.upperBound...].utf8.count >= length { return text }
        }
    }
}
