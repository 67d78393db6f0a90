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

extension Response: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "status \(status.code) of \(operation)" }
    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(self, children: ["status": status.code, "operation": operation], displayStyle: .struct)
    }
}
