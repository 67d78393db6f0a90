import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A server on 127.0.0.1 that leaves every byte of its answers to whom it is given.
package final class SocketServer: Sendable {
    package let port: UInt16
    private let isStopped = Locked(false)
    private let accepted = Locked(0)

    /// - Parameter handle: Called on a thread of its own for each connection, which is closed afterwards.
    package init(_ handle: @escaping @Sendable (SocketConnection) throws -> Void) throws {
        let (listener, port) = try boundSocket()
        guard listen(listener, 256) == 0 else { throw LoopbackError(code: errno) }
        self.port = port
        Thread.detachNewThread { [isStopped, accepted] in
            // The thread closes the socket: until then its number cannot be another's.
            defer { close(listener) }
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                guard !isStopped.withValue({ $0 }) else {
                    close(descriptor)
                    return
                }
                accepted.withValue { $0 += 1 }
                Thread.detachNewThread {
                    let connection = SocketConnection(descriptor)
                    try? handle(connection)
                    connection.close()
                }
            }
        }
    }

    /// Answers the first request of each connection with these bytes, and closes it.
    package convenience init(answering bytes: String) throws {
        try self.init { connection in
            _ = try connection.request()
            try connection.send(bytes)
        }
    }

    deinit {
        stop()
    }

    /// Nobody can connect any more.
    package func stop() {
        let isFirst = isStopped.withValue { isStopped in
            defer { isStopped = true }
            return !isStopped
        }
        guard isFirst else { return }
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

    package var authority: String { "127.0.0.1:\(port)" }

    /// How many connections there have been.
    package var connectionCount: Int { accepted.withValue { $0 } }
}

/// A port of 127.0.0.1 on which nobody listens.
package final class RefusingPort {
    package let port: UInt16
    private let socket: Int32

    package init() throws {
        (socket, port) = try boundSocket()
    }

    deinit {
        close(socket)
    }

    package var authority: String { "127.0.0.1:\(port)" }
}

/// A socket with a port of its own on 127.0.0.1.
private func boundSocket() throws -> (Int32, UInt16) {
    let descriptor = socket(AF_INET, SocketConnection.streamType, 0)
    guard descriptor >= 0 else { throw LoopbackError(code: errno) }
    var address = loopbackAddress(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &size) == 0
        }
    }
    guard isBound else { throw LoopbackError(code: errno) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
}

private func loopbackAddress(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    return address
}
