public import ApusRuntime
import Foundation
public import HTTPTypes

/// The most that is accepted of a content of several parts.
public struct MultipartLimits: Sendable, Hashable {
    /// The most parts: 1,000 unless set.
    public var parts: Int

    /// The most bytes of a part's header: 16 KiB unless set.
    public var headerBytes: Int

    /// The most bytes of a part's body; `nil`, unless set, for as many as there are.
    public var partBytes: Int64?

    /// Creates limits.
    public init(parts: Int = 1_000, headerBytes: Int = 1 << 14, partBytes: Int64? = nil) {
        self.parts = parts
        self.headerBytes = headerBytes
        self.partBytes = partBytes
    }
}

/// Why a content of several parts could not be read.
public enum MultipartError: ReportableError, Hashable {
    /// The media type is not `multipart/…`, or has no boundary (RFC 2046 section 5.1.1).
    case noBoundary

    /// The header of a part is not one.
    case malformedHeader

    /// The content ends before its last part does.
    case cutShort

    /// There are more parts, or more bytes of one, than ``MultipartLimits`` allows.
    case tooLarge(String)

    public var description: String {
        switch self {
        case .noBoundary: "the media type has no boundary"
        case .malformedHeader: "the header of a part is malformed"
        case .cutShort: "the content ends before its last part does"
        case .tooLarge(let what): "there are more \(what) than the limit"
        }
    }
}

/// One part.
public struct MultipartPart: Sendable {
    /// Its header fields.
    public let headerFields: HTTPFields

    /// Its content, to be read before the next part is asked for; what is left then is skipped.
    public let body: HTTPBody

    /// What `Content-Disposition` says.
    public var disposition: ContentDisposition? { headerFields[.contentDisposition].flatMap { ContentDisposition($0) } }

    /// The name of a form's field.
    public var name: String? { disposition?.parameters["name"] }
}

/// Reads a content of several parts while it arrives (RFC 2046 section 5.1, RFC 7578).
///
///     for try await part in try MultipartReader(body, contentType: contentType) {
///         print(part.name ?? "", try await part.body.collect(upTo: 1 << 20).count)
///     }
///
/// Iterating throws ``MultipartError`` and what reading the body throws.
public struct MultipartReader: AsyncSequence, Sendable {
    private let body: HTTPBody
    private let boundary: [UInt8]
    private let limits: MultipartLimits

    /// Creates a reader.
    ///
    /// - Parameter contentType: The `Content-Type` field of the content.
    /// - Throws: ``MultipartError/noBoundary``.
    public init(_ body: HTTPBody, contentType: String, limits: MultipartLimits = MultipartLimits()) throws(MultipartError) {
        guard let (type, parameters) = FieldParameters.read(contentType), type.lowercased().hasPrefix("multipart/"),
            let boundary = parameters["boundary"], 1...70 ~= boundary.utf8.count
        else { throw .noBoundary }
        self.body = body
        self.boundary = Array(boundary.utf8)
        self.limits = limits
    }

    /// Reads the parts one after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let source: MultipartSource

        fileprivate init(_ source: MultipartSource) {
            self.source = source
        }

        public mutating func next() async throws -> MultipartPart? {
            guard let (fields, number) = try await source.nextPart() else { return nil }
            return MultipartPart(headerFields: fields, body: HTTPBody(PartChunks(source: source, number: number)))
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(MultipartSource(body, boundary, limits))
    }
}

private struct PartChunks: AsyncSequence, Sendable {
    let source: MultipartSource
    let number: Int

    struct AsyncIterator: AsyncIteratorProtocol {
        let source: MultipartSource
        let number: Int

        func next() async throws -> [UInt8]? {
            try await source.nextChunk(of: number)
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: source, number: number)
    }
}
