import Foundation

/// Serves texts by HTTP on a loopback port, and remembers what was asked for.
final class FileServer: @unchecked Sendable {
    struct Answer {
        var status = 200
        var fields: [String: String] = [:]
        var body: [UInt8] = []

        static func text(_ text: String) -> Answer { Answer(body: Array(text.utf8)) }
        static func redirect(to place: String) -> Answer { Answer(status: 302, fields: ["Location": place]) }
    }

    private let lock = NSLock()
    private var answers: [String: Answer] = [:]
    private var asked: [String] = []
    private let socket: Int32
    let port: UInt16

    /// The paths asked for so far.
    var requests: [String] { lock.withLock { asked } }

    init(_ answers: [String: Answer] = [:]) throws {
        self.answers = answers
        #if canImport(Glibc)
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, length) == 0 && listen(socket, 16) == 0 && getsockname(socket, pointer, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            while case let connection = accept(socket, nil, nil), connection >= 0 { serve(connection) }
        }
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    func set(_ path: String, _ answer: Answer) {
        lock.withLock { answers[path] = answer }
    }

    func stop() {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
            guard recv(connection, &byte, 1, 0) == 1 else { return }
            head.append(byte)
        }
        let parts = String(decoding: head, as: UTF8.self).split(separator: " ", maxSplits: 2)
        let path = parts.count > 1 ? String(parts[1]) : ""
        let answer = lock.withLock {
            asked.append(path)
            return answers[path] ?? Answer(status: 404)
        }
        var response = "HTTP/1.1 \(answer.status) Status\r\nContent-Length: \(answer.body.count)\r\nConnection: close\r\n"
        for (name, value) in answer.fields { response += "\(name): \(value)\r\n" }
        var bytes = Array((response + "\r\n").utf8) + answer.body
        while !bytes.isEmpty {
            #if canImport(Glibc)
                let sent = send(connection, bytes, min(bytes.count, 1 << 16), Int32(MSG_NOSIGNAL))
            #else
                let sent = send(connection, bytes, min(bytes.count, 1 << 16), 0)
            #endif
            guard sent > 0 else { return }
            bytes.removeFirst(sent)
        }
    }
}
