import Foundation

/// A server on loopback that sends and takes large bodies: one connection after
/// the other, with as little of its own as possible.
final class BlobServer: @unchecked Sendable {
    let port: UInt16
    private let socket: Int32
    private let size: Int64
    private let lock = NSLock()
    private var receivedBytes: Int64 = 0

    /// The bytes of the last upload.
    var received: Int64 { lock.withLock { receivedBytes } }

    /// - Parameter size: The bytes of a download.
    init(size: Int64) throws {
        self.size = size
        signal(SIGPIPE, SIG_IGN)
        #if canImport(Glibc) || canImport(Musl)
        let stream = Int32(SOCK_STREAM.rawValue)
        #else
        let stream = SOCK_STREAM
        #endif
        socket = Foundation.socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && listen(socket, 16) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard isListening else { throw CocoaError(.fileReadUnknown) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { self.serve() }
    }

    private func serve() {
        while true {
            let connection = accept(socket, nil, nil)
            guard connection >= 0 else { return }
            Thread.detachNewThread {
                while self.answer(connection) {}
                close(connection)
            }
        }
    }

    private func answer(_ connection: Int32) -> Bool {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard recv(connection, &byte, 1, 0) == 1 else { return false }
            head.append(byte)
        }
        let text = String(decoding: head, as: UTF8.self)
        if text.hasPrefix("PUT") {
            if text.lowercased().contains("expect: 100-continue") { send(connection, "HTTP/1.1 100 Continue\r\n\r\n") }
            return take(connection, text)
        }
        if text.hasPrefix("GET /blobs") {
            send(connection, "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: \(size)\r\n\r\n")
            let chunk = [UInt8](repeating: 0x61, count: 256 << 10)
            var rest = size
            while rest > 0 {
                let count = Foundation.send(connection, chunk, min(chunk.count, Int(rest)), 0)
                guard count > 0 else { return false }
                rest -= Int64(count)
            }
            return true
        }
        let item = #"{"id":7,"name":"Swift","price":12.5}"#
        send(connection, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(item.utf8.count)\r\n\r\n\(item)")
        return true
    }

    private func take(_ connection: Int32, _ head: String) -> Bool {
        let field = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        guard let expected = field.flatMap({ Int64($0.split(separator: " ").last ?? "") }) else { return false }
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        var count: Int64 = 0
        while count < expected {
            let read = recv(connection, &buffer, buffer.count, 0)
            guard read > 0 else { break }
            count += Int64(read)
        }
        lock.withLock { receivedBytes = count }
        send(connection, "HTTP/1.1 204 No Content\r\n\r\n")
        return count == expected
    }

    private func send(_ connection: Int32, _ text: String) {
        let bytes = Array(text.utf8)
        _ = Foundation.send(connection, bytes, bytes.count, 0)
    }
}
