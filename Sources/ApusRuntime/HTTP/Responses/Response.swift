public import Foundation
public import HTTPTypes

/// What a server answered: status, header fields and, where it was read into memory, the body.
///
/// Its description shows the status and the operation only, since header
/// fields and bodies hold tokens and personal data.
public struct Response: Sendable {
    /// The status (RFC 9110 section 15).
    public let status: HTTPResponse.Status

    /// The header fields.
    public let headerFields: HTTPFields

    /// The body. It is empty if it was handed over as a stream. Of a response
    /// in an error it is at most ``ClientLimits/maximumErrorBodyBytes`` long.
    public let body: Data

    /// Whether ``body`` is all of the body.
    public let isBodyComplete: Bool

    /// The operation that was called, by its name in the description.
    public let operation: String

    /// Where the body was not as described, and was read all the same: where the client
    /// reads tolerantly.
    public internal(set) var deviations: [JSONDeviation] = []

    /// What is known of the call beside the response.
    var record: CallRecord?

    /// Creates a response, for instance for a test.
    public init(
        status: HTTPResponse.Status, headerFields: HTTPFields = [:], body: Data = Data(),
        isBodyComplete: Bool = true, operation: String
    ) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
        self.isBodyComplete = isBodyComplete
        self.operation = operation
    }

    init(_ head: HTTPResponse, body: Data, isBodyComplete: Bool = true, operation: String) {
        self.init(
            status: head.status, headerFields: head.headerFields, body: body, isBodyComplete: isBodyComplete,
            operation: operation)
    }
}

extension Response {
    /// What was tried, in order; empty for a response that did not come from a call.
    public var attempts: [Attempt] { record?.attempts ?? [] }

    /// How long the call took, with all attempts and the waiting between them.
    public var duration: Duration? { record?.duration }

    /// Where the request went, without the query, which may be secret.
    public var url: String? { record?.url }

    /// The idempotency key that was sent.
    public var idempotencyKey: String? { record?.idempotencyKey }

    /// The server's name for the request, to ask its operators about it:
    /// `X-Request-ID`, `Request-ID`, `X-MS-Request-ID`, `X-Amzn-RequestId` or `CF-Ray`.
    public var requestID: String? {
        for name in Self.requestIDs {
            guard let id = headerFields[name], !id.isEmpty, id.utf8.count <= 128,
                id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            else { continue }
            return id
        }
        return nil
    }

    private static let requestIDs = [
        "x-request-id", "request-id", "x-ms-request-id", "x-amzn-requestid", "cf-ray",
    ].compactMap { HTTPField.Name($0) }

    /// The response with at most so much of its body.
    func shortened(to limit: Int) -> Response {
        guard body.count > max(limit, 0) else { return self }
        var shortened = Response(
            status: status, headerFields: headerFields, body: Data(body.prefix(max(limit, 0))), isBodyComplete: false,
            operation: operation)
        shortened.record = record
        return shortened
    }
}

extension Response: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "status \(status.code) of \(operation)" + (requestID.map { ", request \($0)" } ?? "")
    }
    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(self, children: ["status": status.code, "operation": operation], displayStyle: .struct)
    }
}
