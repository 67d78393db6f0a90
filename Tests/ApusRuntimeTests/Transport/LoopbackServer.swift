import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A server on 127.0.0.1 that leaves every byte of its answers to the test.
final class LoopbackServer: @unchecked Sendable {
    let port: UInt16
    private let isStopped = Seen<Void>()
    private let lock = NSLock()
    private var accepted = 0

    /// - Parameter handle: Called on a thread of its own for each connection, which is closed afterwards.
    init(_ handle: @escaping @Sendable (Connection) throws -> Void) throws {
        let (listener, port) = try boundSocket()
        guard listen(listener, 256) == 0 else { throw SocketError(errno) }
        self.port = port
        Thread.detachNewThread { [weak self, isStopped] in
            // The thread closes the socket: until then its number cannot be another's.
            defer { close(listener) }
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                guard isStopped.all.isEmpty else {
                    close(descriptor)
                    return
                }
                self?.lock.withLock { self?.accepted += 1 }
                Thread.detachNewThread {
                    let connection = Connection(descriptor)
                    try? handle(connection)
                    connection.close()
                }
            }
        }
    }

    deinit {
        isStopped.append(())
        // One connection more, so that the thread looks.
        guard let (descriptor, _) = try? boundSocket() else { return }
        defer { close(descriptor) }
        var address = loopbackAddress(port)
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    var authority: String { "127.0.0.1:\(port)" }

    /// How many connections there have been.
    var connectionCount: Int { lock.withLock { accepted } }
}

/// A port of 127.0.0.1 on which nobody listens.
final class RefusingPort {
    let port: UInt16
    private let socket: Int32

    init() throws {
        (socket, port) = try boundSocket()
    }

    deinit {
        close(socket)
    }

    var authority: String { "127.0.0.1:\(port)" }
}

/// A socket with a port of its own on 127.0.0.1.
private func boundSocket() throws -> (Int32, UInt16) {
    let descriptor = socket(AF_INET, streamSocket, 0)
    guard descriptor >= 0 else { throw SocketError(errno) }
    var address = loopbackAddress(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &size) == 0
        }
    }
    guard isBound else { throw SocketError(errno) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
}

private func loopbackAddress(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    return address
}

struct SocketError: Error {
    let code: Int32
    init(_ code: Int32) { self.code = code }
}

/// One connection, seen from the server.
final class Connection: @unchecked Sendable {
    private var descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        #if canImport(Darwin)
            var on: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    /// Reads one request with its body; `nil` when the client has closed the connection.
    func request() throws -> ReceivedRequest? {
        guard var request = try head() else { return nil }
        if let length = request["Content-Length"].first.flatMap({ Int($0) }) {
            request.body = try take(length)
        } else if request["Transfer-Encoding"].first == "chunked" {
            while true {
                let size = Int(try line(), radix: 16) ?? 0
                request.body += try take(size)
                _ = try line()
                if size == 0 { break }
            }
        }
        return request
    }

    /// Reads the head of a request only.
    func head() throws -> ReceivedRequest? {
        guard let requestLine = try? line() else { return nil }
        var request = ReceivedRequest(line: requestLine)
        while case let line = try line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            request.fields.append((String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces)))
        }
        return request
    }

    private func line() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeSubrange(...end)
                return line.trimmingCharacters(in: .newlines)
            }
            guard try fill() else { throw SocketError(0) }
        }
    }

    func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try fill() else { throw SocketError(0) }
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private func fill() throws -> Bool {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { throw SocketError(errno) }
        buffer += bytes.prefix(count)
        return count > 0
    }

    /// Waits until the client closes its side; what it sends before is thrown away.
    func waitForClose() {
        while (try? fill()) == true { buffer = [] }
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress!, $0.count, noSignal) }
            guard count > 0 else { throw SocketError(errno) }
            sent += count
        }
    }

    func sendChunk(_ bytes: [UInt8]) throws {
        try send(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10])
    }

    /// A whole response.
    func respond(_ status: String = "200 OK", _ fields: [String] = [], body: String = "") throws {
        try send((["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + fields + ["", body]).joined(separator: "\r\n"))
    }

    /// Closes the connection such that the client sees it reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    func close() {
        guard descriptor >= 0 else { return }
        _ = Foundation.close(descriptor)
        descriptor = -1
    }
}

struct ReceivedRequest: Sendable {
    let line: String
    var fields: [(String, String)] = []
    var body: [UInt8] = []

    init(line: String) { self.line = line }

    subscript(name: String) -> [String] {
        fields.filter { $0.0.lowercased() == name.lowercased() }.map(\.1)
    }

    var text: String { String(decoding: body, as: UTF8.self) }
}

#if canImport(Darwin)
    private let streamSocket = SOCK_STREAM
    private let noSignal: Int32 = 0
#else
    private let streamSocket = Int32(SOCK_STREAM.rawValue)
    private let noSignal = Int32(MSG_NOSIGNAL)
#endif
