public import ApusRuntime
public import Foundation
public import HTTPTypes

/// Where a download goes.
public enum DownloadDestination: Sendable, Hashable {
    /// This file, in place of one that is there.
    case file(URL)

    /// A file of the name that the server gives (`Content-Disposition`), made safe, in this folder.
    /// Where there is one already, the name gets a number.
    case folder(URL, otherwise: String)
}

/// How a file is downloaded.
public struct DownloadOptions: Sendable {
    /// The most bytes that are accepted; `nil`, unless set, for as many as there are.
    public var maximumBytes: Int64?

    /// How often a download is gone on with that broke off. A break after which more
    /// has come does not count. 5 unless set.
    public var maximumFailures = 5

    /// The upper bound of the wait before it is gone on with, which doubles with each break in
    /// a row up to 30 s; the wait is random below it. 1 s unless set.
    public var baseDelay = Duration.seconds(1)

    /// Creates options.
    public init() {}
}

/// A file that has been downloaded.
public struct DownloadedFile: Sendable {
    /// Where it is.
    public let url: URL

    /// Its length.
    public let bytes: Int64

    /// The header fields of the last response.
    public let headerFields: HTTPFields

    /// The digests that the server sent and that are right (RFC 9530), such as `sha-256`;
    /// none where it sent none that could be checked.
    public let checkedDigests: [String]
}

/// Why there is no file.
public enum DownloadError: ReportableError {
    /// The file cannot be written: the system's call and its error number.
    case file(operation: String, code: Int32)

    /// Somebody else is downloading to the same file.
    case busy

    /// There are more bytes than ``DownloadOptions/maximumBytes``.
    case tooLarge(limit: Int64)

    /// The server sent a part that was not asked for.
    case unexpectedRange

    /// What came is not what the server's digest is of (RFC 9530).
    case wrongDigest(String)

    /// It broke off and could not be gone on with. What has come stays beside the
    /// destination where a later download can go on from it.
    case interrupted(any Error)

    public var description: String {
        switch self {
        case .file(let operation, let code): "\(operation) failed with error \(code)"
        case .busy: "the file is already being downloaded"
        case .tooLarge(let limit): "the file is longer than \(limit) bytes"
        case .unexpectedRange: "the server sent a part that was not asked for"
        case .wrongDigest(let name): "the file's \(name) differs from the one that the server sent"
        case .interrupted(let error): "the download broke off: \(TransportFailure(error))"
        }
    }
}

extension APIClient {
    /// Downloads a file.
    ///
    ///     let download = client.download(to: .file(url)) { try await $0.getReport(id: 7) }
    ///     for await step in download.progress { print(step.bytes, step.total ?? 0) }
    ///     print(try await download.value.url)
    ///
    /// What comes is written to a file beside the destination, which gets its name when all of it is
    /// there, is on the disk and its digest is right. Where the connection breaks, the
    /// rest is asked for (`Range`, `If-Range`; RFC 9110 section 14), also by a later download
    /// to the same file, and also after the process ended. Where the server does not support that, or the
    /// file has changed meanwhile, it begins anew.
    ///
    /// - Parameter operation: Calls the operation whose body is the file, with the client it is given.
    ///   It is called again where the download has to be gone on with.
    public func download(
        to destination: DownloadDestination, options: DownloadOptions = DownloadOptions(),
        _ operation: @escaping @Sendable (Self) async throws -> HTTPBody
    ) -> FileTransfer<DownloadedFile> {
        FileTransfer { continuation in
            try await DownloadRun(client: self, destination: destination, options: options, operation: operation, progress: continuation).run()
        }
    }
}
