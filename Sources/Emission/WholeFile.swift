import TextScanning

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Files read and written whole, through the C library. Foundation looks at
/// every parent of every path and waits for the disk after every file; a build
/// that makes hundreds of files feels both.
public enum WholeFile {
    /// What the system said against it.
    public struct Failure: Error {
        let reason: String

        init() {
            reason = String(cString: strerror(errno))
        }
    }

    /// What the file at `path` holds; nil where there is none to read. What is no
    /// regular file is not touched: a pipe can be read only once.
    public static func content(of path: String) -> [UInt8]? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        let size = Int(status.st_size)
        let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = fread(buffer.baseAddress, 1, size, file)
        }
        return content.count == size ? content : nil
    }

    /// Whether the file at `path` holds exactly `content`.
    static func at(_ path: String, holds content: [UInt8]) -> Bool {
        self.content(of: path).map { ByteArray.equal($0, content) } ?? false
    }

    public static func write(_ content: [UInt8], to path: String) throws(Failure) {
        guard let file = fopen(path, "wb") else { throw Failure() }
        // What is held back until the file is closed can fail to be written too.
        setvbuf(file, nil, _IONBF, 0)
        let isWhole = fwrite(content, 1, content.count, file) == content.count
        let failure = Failure()
        let isClosed = fclose(file) == 0
        guard isWhole, isClosed else { throw isWhole ? Failure() : failure }
    }

    /// Makes a folder and those that it is in, where they are not there.
    static func makeFolder(_ path: String) throws(Failure) {
        if path.isEmpty || mkdir(path, 0o777) == 0 { return }
        if errno == ENOENT, let end = path.lastIndex(of: "/"), end > path.startIndex {
            try makeFolder(String(path[..<end]))
            if mkdir(path, 0o777) == 0 { return }
        }
        let failure = Failure()
        var status = stat()
        guard errno == EEXIST, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw failure }
    }

    /// Removes the file at `path`, where there is one.
    public static func remove(_ path: String) {
        _ = unlink(path)
    }

    /// Puts the file at `path` in the place of the one at `final`, in one step.
    public static func move(_ path: String, to final: String) throws(Failure) {
        guard rename(path, final) == 0 else { throw Failure() }
    }
}
