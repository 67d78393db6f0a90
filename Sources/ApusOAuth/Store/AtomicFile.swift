#if canImport(Glibc) || canImport(Musl) || canImport(Darwin) || canImport(Android)
    import Foundation

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Android)
        import Android
    #else
        import Darwin
    #endif

    /// A private file that is replaced as a whole and durably.
    struct AtomicFile: Sendable {
        let path: String
        /// Whose file it must be.
        var owner: uid_t = geteuid()

        /// The contents; `nil` where there is no file.
        func read() throws(FileTokenStoreError) -> Data? {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                if errno == ENOENT { return nil }
                throw .system(operation: "open", code: errno)
            }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw .system(operation: "fstat", code: errno) }
            // Somebody else's file would sign this user in as they please.
            guard status.st_uid == owner else { throw .notOwned }
            var data = Data()
            var buffer = [UInt8](repeating: 0, count: 16_384)
            while true {
                let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0) }
                if count == 0 { return data }
                if count < 0 {
                    if errno == EINTR { continue }
                    throw .system(operation: "read", code: errno)
                }
                data.append(contentsOf: buffer[..<count])
            }
        }

        /// Writes a new file beside the old one, waits until it is on the disk
        /// and gives it the old one's name.
        func replace(with data: Data) throws(FileTokenStoreError) {
            let temporary = path + "." + RandomText.fresh().prefix(12) + Self.newSuffix
            do throws(FileTokenStoreError) {
                try write(data, to: temporary)
                guard rename(temporary, path) == 0 else { throw FileTokenStoreError.system(operation: "rename", code: errno) }
            } catch {
                // The old file stays as it was; tokens must not lie around in
                // a half-written one.
                unlink(temporary)
                throw error
            }
            synchronizeFolder()
        }

        /// Gives the file another name, which is new, and makes it private.
        func setAside() throws(FileTokenStoreError) {
            _ = chmod(path, 0o600)
            guard rename(path, asideName) == 0 else { throw .system(operation: "rename", code: errno) }
        }

        /// Writes a private copy of the file beside it.
        func copyAside() throws(FileTokenStoreError) {
            guard let data = try read() else { return }
            try write(data, to: asideName)
        }

        /// Removes what a process has left that was killed while it wrote. To be
        /// called only while nobody else writes.
        func removeLeftovers() {
            let folder = (path as NSString).deletingLastPathComponent
            let name = (path as NSString).lastPathComponent + "."
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
            for leftover in names where leftover.hasPrefix(name) && leftover.hasSuffix(Self.newSuffix) {
                unlink((folder as NSString).appendingPathComponent(leftover))
            }
        }

        private static let newSuffix = ".new"

        private var asideName: String { path + ".corrupt-" + RandomText.fresh().prefix(8) }

        private func write(_ data: Data, to temporary: String) throws(FileTokenStoreError) {
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw .system(operation: "open", code: errno) }
            defer { close(descriptor) }
            let bytes = [UInt8](data)
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes { systemWrite(descriptor, $0) }
                if count < 0 {
                    if errno == EINTR { continue }
                    throw .system(operation: "write", code: errno)
                }
                written += count
            }
            #if canImport(Darwin)
                // There fsync only reaches the drive's own memory.
                if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
            #endif
            guard fsync(descriptor) == 0 else { throw .system(operation: "fsync", code: errno) }
        }

        /// Makes the new name durable. Not every file system can; the file
        /// itself is safe by then.
        private func synchronizeFolder() {
            let folder = (path as NSString).deletingLastPathComponent
            let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return }
            fsync(descriptor)
            close(descriptor)
        }
    }

    // The methods' names would hide these functions.
    private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        read(descriptor, buffer.baseAddress, buffer.count)
    }

    private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        write(descriptor, bytes.baseAddress, bytes.count)
    }
#endif
