import ApusRuntime
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
#elseif canImport(Darwin)
    import Darwin
#endif

/// What has come of a file, beside the place where the whole will be.
///
/// Of a destination that is a file, it has a name that a later download finds: `.NAME.part`, with
/// what is known of it in `.NAME.part.json`. One of a folder has a name of its own and does not outlive the download.
final class PartialFile: @unchecked Sendable {
    private let destination: DownloadDestination
    private let path: String
    private let notePath: String?
    private var descriptor: Int32
    private var note: Note?

    /// How many bytes there are.
    private(set) var length: Int64 = 0
    /// How many there will be.
    private(set) var total: Int64?

    private struct Note: Codable {
        var validator: String
        var total: Int64?
        var request: String
    }

    /// - Throws: ``DownloadError/file(operation:code:)`` and ``DownloadError/busy``.
    init(for destination: DownloadDestination) throws(DownloadError) {
        self.destination = destination
        switch destination {
        case .file(let url):
            let folder = url.deletingLastPathComponent()
            path = folder.appendingPathComponent(".\(url.lastPathComponent).part").path
            notePath = path + ".json"
        case .folder(let url, _):
            path = url.appendingPathComponent(".\(UUID().uuidString).part").path
            notePath = nil
        }
        descriptor = try Self.locked(path)
        length = Int64(lseek(descriptor, 0, SEEK_END))
        note = notePath.flatMap { FileManager.default.contents(atPath: $0) }.flatMap { try? JSONDecoder().decode(Note.self, from: $0) }
        total = note?.total
    }

    /// Opens a file that nobody else writes to.
    private static func locked(_ path: String) throws(DownloadError) -> Int32 {
        while true {
            // A link somebody put there would lead what is written elsewhere.
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
            guard descriptor >= 0 else { throw .file(operation: "open", code: errno) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                _ = systemClose(descriptor)
                throw .busy
            }
            // Between the two, another download may have given the file its final name.
            var opened = stat()
            var named = stat()
            if fstat(descriptor, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino, opened.st_dev == named.st_dev {
                return descriptor
            }
            _ = systemClose(descriptor)
        }
    }

    deinit {
        if descriptor >= 0 { _ = systemClose(descriptor) }
    }

    /// From where the download can be gone on with.
    var progress: DownloadPoint? {
        guard let note, length > 0 else { return nil }
        return DownloadPoint(offset: length, validator: note.validator, total: note.total, request: note.request)
    }

    /// Makes ready for what an answer brings.
    func begin(_ answer: RangedAnswer?) throws(DownloadError) {
        let offset = answer?.offset ?? 0
        guard ftruncate(descriptor, off_t(offset)) == 0 else { throw .file(operation: "ftruncate", code: errno) }
        guard lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset) else { throw .file(operation: "lseek", code: errno) }
        length = offset
        total = answer?.total
        note = answer.flatMap { answer in answer.validator.map { Note(validator: $0, total: answer.total, request: answer.request) } }
        guard let notePath else { return }
        if let note, let data = try? JSONEncoder().encode(note) {
            // Without it the next download begins anew, which is no reason to stop this one.
            try? data.write(to: URL(fileURLWithPath: notePath), options: .atomic)
        } else {
            unlink(notePath)
        }
    }

    func write(_ chunk: [UInt8]) throws(DownloadError) {
        var written = 0
        while written < chunk.count {
            let count = chunk[written...].withUnsafeBytes { systemWrite(descriptor, $0) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .file(operation: "write", code: errno)
            }
            written += count
        }
        length += Int64(chunk.count)
    }

    /// The digest of what is there, from an offset on.
    func digest(_ algorithm: DigestField.Algorithm, from offset: Int64) throws(DownloadError) -> Data {
        switch algorithm {
        case .sha256:
            var hash = SHA256()
            try read(from: offset) { hash.update(bufferPointer: $0) }
            return Data(hash.finalize())
        case .sha512:
            var hash = SHA512()
            try read(from: offset) { hash.update(bufferPointer: $0) }
            return Data(hash.finalize())
        }
    }

    private func read(from offset: Int64, _ use: (UnsafeRawBufferPointer) -> Void) throws(DownloadError) {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var position = offset
        while true {
            let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(position)) }
            if count == 0 { return }
            if count < 0 {
                if errno == EINTR { continue }
                throw .file(operation: "read", code: errno)
            }
            buffer.withUnsafeBytes { use(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            position += Int64(count)
        }
    }

    /// Gives the file its name, once it is on the disk.
    ///
    /// - Parameter name: What the server calls it.
    func finish(named name: String?) throws(DownloadError) -> URL {
        #if canImport(Darwin)
            // There fsync only reaches the drive's own memory.
            if fcntl(descriptor, F_FULLFSYNC) != 0, fsync(descriptor) != 0 { throw .file(operation: "fsync", code: errno) }
        #else
            guard fsync(descriptor) == 0 else { throw .file(operation: "fsync", code: errno) }
        #endif
        let url: URL
        switch destination {
        case .file(let file):
            guard rename(path, file.path) == 0 else { throw .file(operation: "rename", code: errno) }
            url = file
        case .folder(let folder, let otherwise):
            url = try link(into: folder, as: name ?? otherwise)
        }
        if let notePath { unlink(notePath) }
        synchronizeFolder(url.deletingLastPathComponent().path)
        _ = systemClose(descriptor)
        descriptor = -1
        return url
    }

    /// A link, unlike a new name, never takes the place of a file that is there.
    private func link(into folder: URL, as name: String) throws(DownloadError) -> URL {
        let (stem, suffix) = FileNames.parts(name)
        for number in 1...10_000 {
            let url = folder.appendingPathComponent(number == 1 ? name : "\(stem) (\(number))\(suffix)")
            if systemLink(path, url.path) == 0 {
                unlink(path)
                return url
            }
            guard errno == EEXIST else { throw .file(operation: "link", code: errno) }
        }
        throw .file(operation: "link", code: EEXIST)
    }

    /// Stops. What can be gone on with stays.
    func close() {
        if (notePath == nil || note == nil || length == 0) && descriptor >= 0 { remove() }
        if descriptor >= 0 { _ = systemClose(descriptor) }
        descriptor = -1
    }

    /// Stops, and leaves nothing.
    func discard() {
        remove()
        note = nil
        if descriptor >= 0 { _ = systemClose(descriptor) }
        descriptor = -1
    }

    private func remove() {
        unlink(path)
        if let notePath { unlink(notePath) }
    }

    /// Makes the new name durable. Not every file system can; the file itself is safe by then.
    private func synchronizeFolder(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        _ = systemClose(descriptor)
    }
}

// The methods' names would hide these functions.
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int { write(descriptor, bytes.baseAddress, bytes.count) }
private func systemLink(_ from: String, _ to: String) -> Int32 { link(from, to) }
