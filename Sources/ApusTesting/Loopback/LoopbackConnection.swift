import Foundation
import HTTPTypes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One connection of a server, of which one thread at a time makes use.
final class LoopbackConnection: @unchecked Sendable {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private let isOpen = Locked(true)

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        #if canImport(Darwin)
            var on: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    /// The next request; nil where there is none any more.
    func readRequest(authority: String) -> (HTTPRequest, Data)? {
        guard let first = line(), case let words = first.split(separator: " "), words.count == 3,
            let method = HTTPRequest.Method(String(words[0]))
        else { return nil }
        var fields = HTTPFields()
        var host: String?
        while let line = line(), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":"), let name = HTTPField.Name(String(line[..<colon])) else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            if name.canonicalName == "host" { host = value } else { fields.append(HTTPField(name: name, value: value)) }
        }
        var body: [UInt8] = []
        if let length = fields[.contentLength].flatMap({ Int($0) }) {
            guard let bytes = take(length) else { return nil }
            body = bytes
        } else if fields[.transferEncoding] == "chunked" {
            while true {
                guard let size = line().flatMap({ Int($0, radix: 16) }), let bytes = take(size), line() != nil else { return nil }
                body += bytes
                if size == 0 { break }
            }
        }
        let request = HTTPRequest(method: method, scheme: "http", authority: host ?? authority, path: String(words[1]), headerFields: fields)
        return (request, Data(body))
    }

    func write(head response: HTTPResponse) {
        var text = "HTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)\r\n"
        for field in response.headerFields where ![.contentLength, .transferEncoding].contains(field.name) {
            text += "\(field.name.rawName): \(field.value)\r\n"
        }
        isEmptyByStatus = [204, 304].contains(response.status.code)
        write(Array((text + (isEmptyByStatus ? "" : "Transfer-Encoding: chunked\r\n") + "\r\n").utf8))
    }

    private var isEmptyByStatus = false

    /// Writes a piece of a body; an empty one ends it.
    func write(chunk: [UInt8]) {
        if isEmptyByStatus { return }
        write(Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + [13, 10])
    }

    func end() {
        let wasOpen = isOpen.withValue { isOpen in
            defer { isOpen = false }
            return isOpen
        }
        if wasOpen { close(descriptor) }
    }

    // MARK: - Bytes

    private func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count, isOpen.withValue({ $0 }) {
            let count = bytes[sent...].withUnsafeBytes { send(descriptor, $0.baseAddress!, $0.count, Self.noSignal) }
            guard count > 0 else { return end() }
            sent += count
        }
    }

    private func line() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeSubrange(...end)
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            guard fill() else { return nil }
        }
    }

    private func take(_ count: Int) -> [UInt8]? {
        while buffer.count < count { guard fill() else { return nil } }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private func fill() -> Bool {
        guard isOpen.withValue({ $0 }) else { return false }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return false }
        buffer += bytes.prefix(count)
        return true
    }

    #if canImport(Darwin)
        static let streamType = SOCK_STREAM
        private static let noSignal: Int32 = 0
    #else
        static let streamType = Int32(SOCK_STREAM.rawValue)
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #endif
}
