public import ApusRuntime
import Foundation
import HTTPTypes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Serves a transport over HTTP/1.1 on 127.0.0.1: a stub, a replay or an authorization
/// server for what cannot be given a transport, such as a command line tool.
///
///     let server = try LoopbackServer(FakeAuthorizationServer())
///     let metadata = server.url + "/.well-known/oauth-authorization-server"
///
/// It stops when nobody holds it any more.
public final class LoopbackServer: Sendable {
    /// Its origin, such as `http://127.0.0.1:49152`.
    public let url: String

    private let port: UInt16
    private let isStopped = Locked(false)

    /// Starts a server on a free port.
    ///
    /// - Throws: ``LoopbackError`` where there is none.
    public init(_ transport: any Transport) throws {
        let (listener, port) = try Self.bound()
        guard listen(listener, 128) == 0 else { throw LoopbackError(code: errno) }
        self.port = port
        url = "http://127.0.0.1:\(port)"
        let isStopped = isStopped
        Thread.detachNewThread {
            defer { close(listener) }
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                guard !isStopped.withValue({ $0 }) else {
                    close(descriptor)
                    return
                }
                Thread.detachNewThread { Self.serve(LoopbackConnection(descriptor), transport, port) }
            }
        }
    }

    deinit {
        isStopped.withValue { $0 = true }
        // One connection more, so that the thread looks.
        let descriptor = socket(AF_INET, LoopbackConnection.streamType, 0)
        var address = Self.address(port)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        close(descriptor)
    }

    private static func serve(_ connection: LoopbackConnection, _ transport: any Transport, _ port: UInt16) {
        defer { connection.end() }
        while let (request, body) = connection.readRequest(authority: "127.0.0.1:\(port)") {
            let done = DispatchSemaphore(value: 0)
            Task {
                defer { done.signal() }
                do {
                    let context = TransportContext(operation: OperationContext(operation: "", method: request.method))
                    let (response, content) = try await transport.send(request, body: body.isEmpty ? nil : HTTPBody(body), context: context)
                    connection.write(head: response)
                    for try await chunk in content { connection.write(chunk: chunk) }
                    connection.write(chunk: [])
                } catch {
                    // As a server does that falls over: the client sees the connection end.
                    connection.end()
                }
            }
            done.wait()
        }
    }

    private static func bound() throws -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, LoopbackConnection.streamType, 0)
        guard descriptor >= 0 else { throw LoopbackError(code: errno) }
        var address = address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0 }
        }
        guard isBound else { throw LoopbackError(code: errno) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    private static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }
}

/// Why there is no server.
public struct LoopbackError: Error, Sendable, Hashable, CustomStringConvertible {
    /// `errno`.
    public let code: Int32

    public var description: String { "no socket on 127.0.0.1: error \(code)" }
}
