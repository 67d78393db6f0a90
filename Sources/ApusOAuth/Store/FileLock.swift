#if canImport(Glibc) || canImport(Musl) || canImport(Darwin) || canImport(Android)
    import Foundation

    #if canImport(CryptoKit)
        import CryptoKit
    #else
        import Crypto
    #endif

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Android)
        import Android
    #else
        import Darwin
    #endif

    /// An advisory lock between processes, and between holders in one process
    /// (`flock`). The system lets go of it when its holder dies.
    ///
    /// The lock's file stays: to remove it would let a third process lock a
    /// new file of the same name while the second still holds the old one.
    final class FileLock: Sendable {
        private let descriptor: Int32

        private init(descriptor: Int32) {
            self.descriptor = descriptor
        }

        deinit {
            close(descriptor)
        }

        /// A file's name for any text.
        static func name(of key: String) -> String {
            SHA256.hash(data: Data(key.utf8)).prefix(8).map { byte in
                String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }.joined()
        }

        /// Waits for the lock without blocking a thread, also while the calling
        /// task is cancelled: what the lock protects must not be left half
        /// done.
        ///
        /// - Parameter patience: How many seconds to wait at most.
        static func acquire(_ path: String, patience: Double) async throws(FileTokenStoreError) -> FileLock {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw .system(operation: "open", code: errno) }
            let lock = FileLock(descriptor: descriptor)
            // A clock that nobody sets.
            let deadline = ContinuousClock.now + .seconds(patience)
            var pause = 0.005
            while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                let code = errno
                guard code == EWOULDBLOCK || code == EINTR else { throw .system(operation: "flock", code: code) }
                guard ContinuousClock.now < deadline else { throw .busy }
                let wait = pause
                await Task { try? await Task.sleep(for: .seconds(wait)) }.value
                pause = min(pause * 2, 0.1)
            }
            return lock
        }
    }
#endif
