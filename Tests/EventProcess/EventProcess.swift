import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A server of events in a process of its own, to be killed in the middle: what
/// `EventProcessTests` proves of a server that goes away and comes back.
///
/// It sends the events from the one after `Last-Event-ID` on, a few at a time, and
/// answers with 204 once all have been sent. It keeps nothing: what it sends follows
/// from the request, so that a new process goes on where an old one was killed.
@main struct EventProcess {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        guard CommandLine.arguments.count == 3, let port = UInt16(CommandLine.arguments[1]), let last = Int(CommandLine.arguments[2])
        else {
            say("usage: EventProcess PORT LAST")
            exit(2)
        }
        let listener = socket(AF_INET, streamSocket, 0)
        var on: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && getsockname(listener, address, &size) == 0 && listen(listener, 16) == 0
            }
        }
        guard isListening else {
            say("cannot listen: \(errno)")
            exit(1)
        }
        say("\(UInt16(bigEndian: address.sin_port))")
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { continue }
            Thread.detachNewThread {
                serve(connection, upTo: last)
                close(connection)
            }
        }
    }

    private static func serve(_ connection: Int32, upTo last: Int) {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
            var byte: UInt8 = 0
            guard recv(connection, &byte, 1, 0) == 1 else { return }
            head.append(byte)
        }
        let field = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
            .first { $0.lowercased().hasPrefix("last-event-id:") }
        var number = field.flatMap { Int($0.dropFirst("last-event-id:".count).trimmingCharacters(in: .whitespaces)) } ?? 0
        guard number < last else {
            _ = send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", to: connection)
            return
        }
        guard
            send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n",
                to: connection)
        else { return }
        while number < last {
            number += 1
            let event = "id: \(number)\ndata: number\ndata: \(number)\n\n"
            // In two pieces, so that a kill comes in the middle of an event too.
            let cut = event.index(event.startIndex, offsetBy: number % event.count)
            for piece in [event[..<cut], event[cut...]] where !piece.isEmpty {
                guard send("\(String(piece.utf8.count, radix: 16))\r\n\(piece)\r\n", to: connection) else { return }
                usleep(500)
            }
        }
        _ = send("0\r\n\r\n", to: connection)
    }

    private static func send(_ text: String, to connection: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}

#if canImport(Darwin)
    private let streamSocket = SOCK_STREAM
#else
    private let streamSocket = Int32(SOCK_STREAM.rawValue)
#endif
