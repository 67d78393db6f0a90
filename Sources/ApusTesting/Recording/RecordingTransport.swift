public import ApusRuntime
public import Foundation
public import HTTPTypes

/// A transport that writes down what another one carries, without secrets, for
/// ``ReplayTransport``.
///
///     let recording = RecordingTransport(to: file, scrubbing: Scrubbing(of: PetstoreAPI.Client.self))
///     … // calls of PetstoreAPI.Client(…, transport: recording)
///     try recording.save()
///
/// Nothing is written before ``save()``, and what it writes has been scrubbed.
public final class RecordingTransport: Transport, Sendable {
    private let base: any Transport
    private let file: URL
    private let scrubber: Scrubber
    private let recording = Locked(Recording())

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - file: Where the recording goes; best one for each test.
    ///   - base: What carries the requests.
    public init(to file: URL, _ base: any Transport = URLSessionTransport(), scrubbing: Scrubbing = Scrubbing()) {
        self.base = base
        self.file = file
        scrubber = Scrubber(scrubbing)
    }

    public func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        try await record(request, body, operation: nil) { try await self.base.send($0, body: $1) }
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        try await record(request, body, operation: context.operation.operation) {
            try await self.base.send($0, body: $1, context: context)
        }
    }

    /// Writes the file.
    ///
    /// - Throws: Where it cannot be written.
    public func save() throws {
        try scrubber.withoutKnownSecrets(recording.withValue { $0 }).write(to: file)
    }

    private func record(
        _ request: HTTPRequest, _ body: HTTPBody?, operation: String?,
        _ next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody) {
        let content = try await body?.collect(upTo: .max)
        let recorded = RecordedRequest(request, content: content)
        let (response, answer) = try await next(request, content.map { HTTPBody($0) })
        let index = recording.withValue { recording in
            // Its place is that of the request, whenever the body ends.
            recording.exchanges.append(
                scrubber.scrub(
                    RecordedExchange(
                        operation: operation, request: recorded, status: response.status.code,
                        headerFields: HeaderRecord.fields(response.headerFields), body: nil)))
            return recording.exchanges.count - 1
        }
        let contentType = response.headerFields[.contentType]
        let copy = Copying(answer) { [scrubber, recording] data in
            guard !data.isEmpty else { return }
            recording.withValue { recording in
                var exchange = recording.exchanges[index]
                exchange.body = RecordedBody(data, contentType: contentType)
                recording.exchanges[index] = scrubber.scrub(exchange)
            }
        }
        return (response, HTTPBody(copy, length: answer.length))
    }
}

extension RecordingTransport: TimedTransport {
    package var callClock: (any CallClock)? { (base as? any TimedTransport)?.callClock }
}

/// The header fields that a recording keeps: none of the connection, none of the time.
enum HeaderRecord {
    private static let left: Set<String> = [
        "date", "age", "expires", "connection", "keep-alive", "transfer-encoding", "content-length", "user-agent", "server", "via",
        "content-encoding", "accept-encoding", "x-request-id", "request-id", "cf-ray", "traceparent", "tracestate", "last-modified",
        "idempotency-key", "x-idempotency-key", "repeatability-request-id", "repeatability-first-sent",
    ]

    static func fields(_ fields: HTTPFields) -> [String: String] {
        var result: [String: String] = [:]
        for field in fields {
            let name = field.name.canonicalName
            guard !left.contains(name) else { continue }
            // A boundary is another one each time.
            let value = name == "content-type" && field.value.lowercased().hasPrefix("multipart/")
                ? String(field.value.prefix { $0 != ";" }) : field.value
            result[name] = result[name].map { $0 + ", " + value } ?? value
        }
        return result
    }
}

extension RecordedRequest {
    init(_ request: HTTPRequest, content: Data?) {
        let url = RequestURL(path: request.path ?? "")
        self.init(
            method: request.method.rawValue, server: "\(request.scheme ?? "")://\(request.authority ?? "")", path: url.path,
            query: url.query.map { "\($0.name)=\($0.value)" }.sorted(), headerFields: HeaderRecord.fields(request.headerFields),
            body: content.flatMap { $0.isEmpty ? nil : RecordedBody($0, contentType: request.headerFields[.contentType]) })
    }
}

/// A body that is also given to somebody else, when it has been read.
private struct Copying: AsyncSequence, Sendable {
    typealias Element = [UInt8]

    let body: HTTPBody
    let done: @Sendable (Data) -> Void

    init(_ body: HTTPBody, _ done: @escaping @Sendable (Data) -> Void) {
        self.body = body
        self.done = done
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: body.makeAsyncIterator(), done: done)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var source: HTTPBody.AsyncIterator
        let done: @Sendable (Data) -> Void
        var read = Data()

        mutating func next() async throws -> [UInt8]? {
            guard let chunk = try await source.next() else { return nil }
            read.append(contentsOf: chunk)
            // After each piece, since nobody says that a stream is read to its end.
            done(read)
            return chunk
        }
    }
}
