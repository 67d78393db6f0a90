import HTTPTypes

/// One call of an operation: method, path, parameters and body.
///
/// A value that cannot be expressed is remembered, and the call throws it as
/// ``APIError/encoding(_:)`` before anything is sent.
public struct Request: Sendable {
    struct Parts: Sendable {
        let method: Method
        /// Path and query, percent-encoded.
        var target: String
        var hasQuery: Bool
        /// Whether the target is that of the whole URL, and nothing of the server's comes before it.
        var isWholeTarget = false
        /// Header parameters, the `Cookie` field and the body's `Content-Type`.
        var fields = HTTPFields()
        var content: HTTPBody?
        let operation: StaticString
        let security: SecurityRequirements?
        let accept: String?
        let server: String?
        let template: StaticString?
        let hasPathValues: Bool
        let tags: [String]
        let extensions: [String: String]
        let isIdempotent: Bool?
        let idempotencyKeyHeader: StaticString?
        var failure: JSONError?
    }

    @CopyOnWrite var parts: Parts

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - operation: The operation's name in the description.
    ///   - security: The operation's own requirements; `nil` for the client's.
    ///   - accept: The `Accept` field (RFC 9110 section 12.5.1); `nil` for
    ///     what the response is read as.
    ///   - server: The operation's own server, absolute or a path on the
    ///     client's host; `nil` for the client's.
    ///   - template: The path as the description has it; `nil` where it has no parameters.
    ///   - tags: The operation's tags.
    ///   - extensions: Members `x-…` of the operation in the description.
    ///   - idempotent: Whether the operation can be repeated; `nil` where its method says so.
    ///   - idempotencyKeyHeader: The header parameter that tells repetitions of
    ///     a call from other calls. Unless the caller gives it a value, each call gets one.
    public init(
        _ method: Method, _ path: RequestPath, operation: StaticString, security: SecurityRequirements? = nil,
        accept: String? = nil, server: String? = nil, template: StaticString? = nil, tags: [String] = [],
        idempotent: Bool? = nil, extensions: [String: String] = [:], idempotencyKeyHeader: StaticString? = nil
    ) {
        parts = Parts(
            method: method, target: path.parts.text, hasQuery: path.parts.hasQuery, operation: operation,
            security: security, accept: accept, server: server, template: template,
            hasPathValues: path.parts.hasValues, tags: tags, extensions: extensions, isIdempotent: idempotent,
            idempotencyKeyHeader: idempotencyKeyHeader, failure: path.parts.failure)
        if method.value == nil { fail("method", "not a method (RFC 9110 section 9.1)") }
    }

    /// The operation's name in the description.
    var operation: String { parts.operation.description }

    /// The path with its parameters' names, where it is known.
    var pathTemplate: String? {
        if let template = parts.template { return template.description }
        return parts.hasPathValues ? nil : String(parts.target.prefix { $0 != "?" })
    }

    /// Remembers the first fault.
    ///
    /// - Parameter message: What is wrong, without the value.
    mutating func fail(_ place: String, _ message: String) {
        fail(JSONError(path: place, offset: 0, message: message, excerpt: ""))
    }

    mutating func fail(_ error: JSONError) {
        if parts.failure == nil { parts.failure = error }
    }

    /// Checks a parameter or a body before anything is sent. `nil` is not checked.
    ///
    /// A value that does not satisfy the constraints makes the call throw
    /// ``APIError/encoding(_:)``, with a path that begins with `name`.
    public mutating func check<Value: JSONCoding>(_ name: StaticString, _ value: Value?, _ constraints: JSONConstraints) {
        guard let value else { return }
        let found: JSONError?
        do throws(JSONError) {
            found = constraints.violation(in: try JSON.bytes(of: value))
        } catch {
            found = error
        }
        guard let found else { return }
        fail(
            JSONError(
                path: name.description + found.path.dropFirst(), offset: found.offset, message: found.message,
                excerpt: found.excerpt, keyword: found.keyword))
    }
}

extension Request {
    /// An HTTP method (RFC 9110 section 9).
    public struct Method: Sendable, Hashable {
        /// `nil` if the name is not a token.
        let value: HTTPRequest.Method?

        private init(_ value: HTTPRequest.Method?) {
            self.value = value
        }

        /// `GET` (RFC 9110 section 9.3.1).
        public static let get = Method(.get)
        /// `PUT` (RFC 9110 section 9.3.4).
        public static let put = Method(.put)
        /// `POST` (RFC 9110 section 9.3.3).
        public static let post = Method(.post)
        /// `DELETE` (RFC 9110 section 9.3.5).
        public static let delete = Method(.delete)
        /// `OPTIONS` (RFC 9110 section 9.3.7).
        public static let options = Method(.options)
        /// `HEAD` (RFC 9110 section 9.3.2).
        public static let head = Method(.head)
        /// `PATCH` (RFC 5789).
        public static let patch = Method(.patch)
        /// `TRACE` (RFC 9110 section 9.3.8).
        public static let trace = Method(.trace)
        /// `CONNECT` (RFC 9110 section 9.3.6).
        public static let connect = Method(.connect)

        /// Another method, such as `QUERY`. A call with a name that is no
        /// token (RFC 9110 section 5.6.2) throws ``APIError/encoding(_:)``.
        public static func named(_ name: String) -> Method { Method(HTTPRequest.Method(name)) }
    }
}

extension Request: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Method and operation. Parameters may be secret.
    public var description: String { "\(parts.method.value?.rawValue ?? "") \(operation)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["operation": operation], displayStyle: .struct) }
}
