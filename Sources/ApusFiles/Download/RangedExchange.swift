import ApusRuntime
import Foundation
import HTTPTypes

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// How far a download got, and what has to be the same for it to be gone on with.
struct DownloadPoint: Sendable, Hashable {
    /// How many bytes are there.
    var offset: Int64
    /// A strong `ETag`, or a `Last-Modified` that is as good (RFC 9110 section 8.8.1).
    var validator: String
    /// The length of the whole, where it is known.
    var total: Int64?
    /// What was asked for, as a digest: the URL may be secret.
    var request: String
}

/// What a server's answer means for a download.
struct RangedAnswer: Sendable {
    var headerFields: HTTPFields
    /// Where the content begins in the whole.
    var offset: Int64 = 0
    var total: Int64?
    var validator: String?
    var request: String
    /// Whether the transport has decoded the content, so that lengths and digests are of something else.
    var isEncoded = false
    var isUnexpected = false
    /// Whether the request can be made again: only a GET has ranges (RFC 9110 section 14.2).
    var isRepeatable = true
}

/// Asks for what is missing of a file, and for the whole where that cannot be.
///
/// Above it, an answer that brings the rest looks like one that brings the whole.
final class RangedExchange: Middleware, @unchecked Sendable {
    private let lock = NSLock()
    private var found: RangedAnswer?
    private var hasNoAnswer = false
    private let point: DownloadPoint?

    init(from point: DownloadPoint?) {
        self.point = point
    }

    /// Whether the last request got no answer at all.
    var isLost: Bool { lock.withLock { hasNoAnswer } }

    /// The last answer that brought something.
    var answer: RangedAnswer? { lock.withLock { found } }

    func intercept(
        _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
        next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody) {
        do {
            lock.withLock { hasNoAnswer = false }
            return try await exchange(request, body, next)
        } catch {
            lock.withLock { hasNoAnswer = true }
            throw error
        }
    }

    private func exchange(
        _ request: HTTPRequest, _ body: HTTPBody?, _ next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody) {
        guard request.method == .get else {
            let (response, content) = try await next(request, body)
            return note(response, content, nil)
        }
        var whole = request
        // Offsets are of what is stored here, so it must not be encoded on the way.
        whole.headerFields[.acceptEncoding] = "identity"
        let digest = Self.digest(of: request)
        if let point, point.request == digest {
            var ranged = whole
            ranged.headerFields[.range] = "bytes=\(point.offset)-"
            ranged.headerFields[.ifRange] = point.validator
            let (response, content) = try await next(ranged, body)
            switch response.status.code {
            case 206:
                if let answer = rest(response, point, digest) { return (take(answer, response), content) }
            case 416:
                // All of it was there, and only its name was missing.
                if case .unsatisfied(point.offset)? = ContentRange(response), hasSameTag(response, point) {
                    let answer = RangedAnswer(
                        headerFields: response.headerFields.withoutDigests, offset: point.offset, total: point.offset,
                        validator: point.validator, request: digest)
                    return (take(answer, response), .empty)
                }
            default:
                return note(response, content, digest)
            }
            // What came is of no use; the whole will be.
        }
        let (response, content) = try await next(whole, body)
        return note(response, content, digest)
    }

    /// - Parameter digest: That of a request which can be made again.
    private func note(_ response: HTTPResponse, _ content: HTTPBody, _ digest: String?) -> (HTTPResponse, HTTPBody) {
        guard 200...299 ~= response.status.code else { return (response, content) }
        let fields = response.headerFields
        let isEncoded = fields[.contentEncoding].map { $0.lowercased() != "identity" } ?? false
        let answer = RangedAnswer(
            headerFields: fields, total: isEncoded ? nil : content.length ?? fields[.contentLength].flatMap { Int64($0) },
            validator: isEncoded || digest == nil ? nil : Validator.strong(in: fields), request: digest ?? "", isEncoded: isEncoded,
            isUnexpected: response.status.code == 206, isRepeatable: digest != nil)
        lock.withLock { found = answer }
        return (response, content)
    }

    /// The answer if it brings just what is missing of the same file.
    private func rest(_ response: HTTPResponse, _ point: DownloadPoint, _ digest: String) -> RangedAnswer? {
        guard case .bytes(let first, let last, let total)? = ContentRange(response), first == point.offset,
            hasSameTag(response, point), response.headerFields[.contentEncoding].map({ $0.lowercased() == "identity" }) ?? true
        else { return nil }
        if let total {
            guard point.total == nil || point.total == total, last == total - 1 else { return nil }
        }
        return RangedAnswer(
            headerFields: response.headerFields, offset: first, total: total ?? last + 1, validator: point.validator, request: digest)
    }

    private func hasSameTag(_ response: HTTPResponse, _ point: DownloadPoint) -> Bool {
        guard let tag = response.headerFields[.eTag], point.validator.hasPrefix("\"") else { return true }
        return tag == point.validator
    }

    private func take(_ answer: RangedAnswer, _ response: HTTPResponse) -> HTTPResponse {
        lock.withLock { found = answer }
        var response = response
        response.status = .ok
        response.headerFields[.contentRange] = nil
        return response
    }

    private static func digest(of request: HTTPRequest) -> String {
        let text = "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")"
        return Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }
}

/// What a response is of, so that its rest can be asked for.
enum Validator {
    /// - Returns: `nil` if nothing in the response is strong enough for `If-Range`
    ///   (RFC 9110 sections 8.8.1 and 8.8.2.2).
    static func strong(in fields: HTTPFields) -> String? {
        if let tag = fields[.eTag] { return tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count > 1 ? tag : nil }
        guard let text = fields[.lastModified], let modified = HTTPDate.date(text),
            let now = fields[.date].flatMap(HTTPDate.date), now.timeIntervalSince(modified) >= 1
        else { return nil }
        return text
    }
}

/// RFC 9110 section 14.4.
enum ContentRange: Hashable {
    case bytes(first: Int64, last: Int64, total: Int64?)
    case unsatisfied(Int64)

    init?(_ response: HTTPResponse) {
        guard let text = response.headerFields[.contentRange], text.lowercased().hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let total = Self.number(parts[1])
        guard total != nil || parts[1] == "*" else { return nil }
        if parts[0] == "*" {
            guard let total else { return nil }
            self = .unsatisfied(total)
            return
        }
        let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false).map(Self.number)
        guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last, total.map({ last < $0 }) ?? true else { return nil }
        self = .bytes(first: first, last: last, total: total)
    }

    private static func number(_ text: Substring) -> Int64? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
    }
}

/// The error of a connection that ended before the whole had come.
enum URLErrorOfBreak {
    static let error: any Error = URLError(.networkConnectionLost)
}

extension HTTPFields {
    /// Those of a 416 are of its own text.
    fileprivate var withoutDigests: HTTPFields {
        var fields = self
        for name in ["Content-Digest", "Repr-Digest"] { fields[HTTPField.Name(name)!] = nil }
        return fields
    }
}
