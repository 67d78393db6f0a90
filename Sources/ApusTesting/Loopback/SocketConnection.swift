import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One connection, seen from the server.
package final class SocketConnection: @unchecked Sendable {
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
    package func request() throws -> ReceivedRequest? {
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
    package func head() throws -> ReceivedRequest? {
        guard let requestLine = try? line() else { return nil }
        var request = ReceivedRequest(line: requestLine)
        while case let line = try line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw LoopbackError(code: 0) }
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
            guard try fill() else { throw LoopbackError(code: 0) }
        }
    }

    package func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try fill() else { throw LoopbackError(code: 0) }
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private func fill() throws -> Bool {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { throw LoopbackError(code: errno) }
        buffer += bytes.prefix(count)
        return count > 0
    }

    /// Waits until the client closes its side; what it sends before is thrown away.
    package func waitForClose() {
        while (try? fill()) == true { buffer = [] }
    }

    package func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    package func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress!, $0.count, Self.noSignal) }
            guard count > 0 else { throw LoopbackError(code: errno) }
            sent += count
        }
    }

    package func sendChunk(_ bytes: [UInt8]) throws {
        try send(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10])
    }

    /// A whole response.
    package func respond(_ status: String = "200 OK", _ fields: [String] = [], body: String = "") throws {
        try send((["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + fields + ["", body]).joined(separator: "\r\n"))
    }

    /// Closes the connection such that the client sees it reset.
    package func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    package func close() {
        guard descriptor >= 0 else { return }
        _ = Foundation.close(descriptor)
        descriptor = -1
    }

    #if canImport(Darwin)
        static let streamType = SOCK_STREAM
        private static let noSignal: Int32 = 0
    #else
        static let streamType = Int32(SOCK_STREAM.rawValue)
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #endif
}

/// What a server got.
package struct ReceivedRequest: Sendable {
    package let line: String
    package var fields: [(String, String)] = []
    package var body: [UInt8] = []

    init(line: String) { self.line = line }

    package subscript(name: String) -> [String] {
        fields.filter { $0.0.lowercased() == name.lowercased() }.map(\.1)
    }

    package var text: String { String(decoding: body, as: UTF8.self) }
}
