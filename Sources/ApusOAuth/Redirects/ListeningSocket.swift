import ApusRuntime
import Foundation

/// A socket on a loopback address, and the connections to it.
///
/// All calls but ``stop()`` come from one thread.
final class ListeningSocket: @unchecked Sendable {
    let port: UInt16
    private let descriptor: Int32
    /// Wakes whoever waits when ``stop()`` is called: its two ends.
    private let alarm: (listener: Int32, sender: Int32)
    // Guarded by `lock`.
    private var isClosed = false
    private var isAskedToStop = false
    private let lock = NSLock()

    /// What the system said against it.
    struct Failure: SignInFault {
        let number: Int32
        var sentence: String { "this machine has no port to wait for the redirect at (errno \(number))" }
    }

    /// - Parameters:
    ///   - host: The address to listen on.
    ///   - port: The port; 0 for one of the system's choice.
    init(_ host: LoopbackReceiver.Host, port: UInt16) throws(OAuth2Error) {
        let descriptor = Self.socket(host == .ipv6 ? AF_INET6 : AF_INET)
        guard descriptor >= 0 else { throw .transport(Failure(number: errno)) }
        var one: Int32 = 1
        // A port that was in use a moment ago, and may be the only one that is
        // registered.
        if port != 0 {
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        }
        let bound = host == .ipv6 ? Self.listenIPv6(descriptor, port) : Self.listenIPv4(descriptor, port)
        var ends: [Int32] = [-1, -1]
        guard let bound, pipe(&ends) == 0 else {
            let number = errno
            _ = Foundation.close(descriptor)
            throw .transport(Failure(number: number))
        }
        for end in ends { Self.prepare(end) }
        self.descriptor = descriptor
        alarm = (ends[0], ends[1])
        self.port = bound
    }

    deinit {
        close()
        _ = Foundation.close(alarm.listener)
        _ = Foundation.close(alarm.sender)
    }

    private static func socket(_ family: Int32) -> Int32 {
        #if canImport(Glibc) || canImport(Musl)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let descriptor = Foundation.socket(family, kind, 0)
        if descriptor >= 0 { prepare(descriptor) }
        return descriptor
    }

    /// Programs that are started meanwhile do not inherit it, and nothing waits
    /// for ever.
    private static func prepare(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    private static func listenIPv4(_ descriptor: Int32, _ port: UInt16) -> UInt16? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        guard listen(descriptor, &address) else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func listenIPv6(_ descriptor: Int32, _ port: UInt16) -> UInt16? {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_addr = in6addr_loopback
        guard listen(descriptor, &address) else { return nil }
        return UInt16(bigEndian: address.sin6_port)
    }

    /// Listens at an address, and completes it by the port.
    private static func listen<Address>(_ descriptor: Int32, _ address: inout Address) -> Bool {
        var length = socklen_t(MemoryLayout<Address>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && Foundation.listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
    }

    var isStopped: Bool { lock.withLock { isAskedToStop } }

    /// Lets whoever waits give up at once.
    func stop() {
        lock.withLock { isAskedToStop = true }
        var byte: UInt8 = 0
        _ = write(alarm.sender, &byte, 1)
    }

    func close() {
        lock.withLock {
            if !isClosed { _ = Foundation.close(descriptor) }
            isClosed = true
        }
    }

    /// Waits until somebody connects, one of the connections has something to
    /// say, ``stop()`` is called or the time is up, and takes who has connected
    /// into `connections`.
    ///
    /// - Returns: Those who have something to say.
    func wait(for connections: inout [LoopbackConnection], most milliseconds: Int32) -> [LoopbackConnection] {
        func entry(_ descriptor: Int32) -> pollfd { pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0) }
        var waiting = [entry(descriptor), entry(alarm.listener)] + connections.map { entry($0.descriptor) }
        guard poll(&waiting, nfds_t(waiting.count), milliseconds) > 0 else { return [] }
        let ready = zip(connections, waiting.dropFirst(2)).filter { $0.1.revents != 0 }.map(\.0)
        if waiting[0].revents != 0 {
            let accepted = accept(descriptor, nil, nil)
            if accepted >= 0 {
                Self.prepare(accepted)
                connections.append(LoopbackConnection(descriptor: accepted))
            }
        }
        return ready
    }
}
