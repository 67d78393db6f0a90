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

        /// The contents; `nil` where there is no file.
        func read() throws(FileTokenStoreError) -> Data? {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                if errno == ENOENT { return nil }
                throw .system(operation: "open", code: errno)
            }
            defer { close(descriptor) }
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
            let temporary = path + "." + RandomText.fresh().prefix(12) + ".new"
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

        /// Renames the file.
        func setAside(as other: String) throws(FileTokenStoreError) {
            guard rename(path, other) == 0 else { throw .system(operation: "rename", code: errno) }
        }

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
