public import Foundation
public import HTTPTypes

/// The response to an operation's request.
public struct Response: Sendable {
    /// The operation's `operationId`, or its method and path where it has none.
    public let operation: String

    /// The status (RFC 9110 section 15).
    public let status: HTTPResponse.Status

    /// The header fields.
    public let headerFields: HTTPFields

    /// The content of an error response, empty where it was longer than
    /// ``ClientCore/maximumErrorBody``. Empty for a response that was
    /// understood, whose content became the value.
    public let body: Data

    /// Creates a response, for tests.
    public init(
        operation: String, status: HTTPResponse.Status, headerFields: HTTPFields = [:], body: Data = Data()
    ) {
        self.operation = operation
        self.status = status
        self.headerFields = headerFields
        self.body = body
    }
}

extension Response: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The status and the operation. Header fields and content may hold secrets.
    public var description: String {
        let reason = status.reasonPhrase.isEmpty ? "" : " \(status.reasonPhrase)"
        return "\(status.code)\(reason) to \(operation)"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(self, children: ["operation": operation, "status": status.code])
    }
}
