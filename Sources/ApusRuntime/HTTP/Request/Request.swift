public import HTTPTypes

/// A request of an operation while it is put together.
///
/// What cannot be encoded is remembered and thrown when the request is sent.
public struct Request: Sendable {
    /// The operation's `operationId`, or its method and path where it has none.
    public let operation: String

    var method: HTTPRequest.Method
    var path: String
    var query = ""
    var headerFields: HTTPFields
    var cookies = ""
    var body: HTTPBody?
    let security: SecurityRequirements?
    let serverURL: String?
    var failure: JSONError?

    /// Begins a request.
    ///
    /// - Parameters:
    ///   - path: The path below the server's URL.
    ///   - operation: What errors, middleware and descriptions call the operation.
    ///   - security: The operation's own security requirement; `nil` for the client's.
    ///   - accept: The media types that are understood (RFC 9110 section 12.5.1).
    ///   - server: The operation's own server; `nil` for the client's.
    public init(
        _ method: HTTPRequest.Method,
        _ path: RequestPath,
        operation: String,
        security: SecurityRequirements? = nil,
        accept: String = "application/json",
        server: String? = nil
    ) {
        self.method = method
        self.path = path.text
        self.operation = operation
        self.security = security
        serverURL = server
        headerFields = [.accept: accept]
        failure = path.failure
    }

    /// Notes what cannot be sent, unless something was noted before.
    mutating func attempt(_ body: (inout Request) throws(JSONError) -> Void) {
        do throws(JSONError) {
            try body(&self)
        } catch {
            failure = failure ?? error
        }
    }
}

extension HTTPRequest.Method {
    /// A method that has no name of its own here.
    ///
    /// - Parameter name: A token (RFC 9110 section 9.1); what is none becomes `POST`.
    public static func named(_ name: String) -> HTTPRequest.Method {
        HTTPRequest.Method(name) ?? .post
    }
}
