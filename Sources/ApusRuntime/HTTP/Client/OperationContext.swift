public import HTTPTypes

/// The operation that a request belongs to, for middleware and transports.
public struct OperationContext: Sendable {
    private enum Source: Sendable {
        case request(Request)
        case values(Values)
    }

    private struct Values: Sendable, Hashable {
        var operation: String
        var method: HTTPRequest.Method
        var pathTemplate: String?
        var tags: [String]
        var extensions: [String: String]
        var isIdempotent: Bool
    }

    private let source: Source

    /// Which attempt of the call this is: 1, and one more for each retry.
    public let attempt: Int

    /// Creates a context, for instance for a test.
    public init(
        operation: String, method: HTTPRequest.Method = .get, pathTemplate: String? = nil, tags: [String] = [],
        extensions: [String: String] = [:], isIdempotent: Bool? = nil, attempt: Int = 1
    ) {
        source = .values(
            Values(
                operation: operation, method: method, pathTemplate: pathTemplate, tags: tags, extensions: extensions,
                isIdempotent: isIdempotent ?? method.isIdempotent))
        self.attempt = attempt
    }

    init(_ request: Request, attempt: Int) {
        source = .request(request)
        self.attempt = attempt
    }

    /// Its name in the description (`operationId`).
    public var operation: String {
        switch source {
        case .request(let request): request.operation
        case .values(let values): values.operation
        }
    }

    /// Its method.
    public var method: HTTPRequest.Method {
        switch source {
        case .request(let request): request.parts.method.value ?? .get
        case .values(let values): values.method
        }
    }

    /// Its path as the description writes it, such as `/users/{id}`: without
    /// anything of the caller's, so that it can be shown and counted. `nil`
    /// where it is not known.
    public var pathTemplate: String? {
        switch source {
        case .request(let request): request.pathTemplate
        case .values(let values): values.pathTemplate
        }
    }

    /// Its tags in the description.
    public var tags: [String] {
        switch source {
        case .request(let request): request.parts.tags
        case .values(let values): values.tags
        }
    }

    /// Its members `x-…` in the description, as far as `runtime: extensions` of the
    /// configuration names them.
    public var extensions: [String: String] {
        switch source {
        case .request(let request): request.parts.extensions
        case .values(let values): values.extensions
        }
    }

    /// Whether doing it twice is the same as doing it once: its method says so
    /// (RFC 9110 section 9.2.2), or the description does.
    public var isIdempotent: Bool {
        switch source {
        case .request(let request): request.parts.isIdempotent ?? request.parts.method.value?.isIdempotent ?? false
        case .values(let values): values.isIdempotent
        }
    }

    private var values: Values {
        Values(
            operation: operation, method: method, pathTemplate: pathTemplate, tags: tags, extensions: extensions,
            isIdempotent: isIdempotent)
    }
}

extension OperationContext: Hashable {
    public static func == (left: OperationContext, right: OperationContext) -> Bool {
        left.attempt == right.attempt && left.values == right.values
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(attempt)
        hasher.combine(values)
    }
}

extension OperationContext: CustomStringConvertible, CustomReflectable {
    // A request has parameters, which may be secret.
    public var description: String { "\(method.rawValue) \(operation), attempt \(attempt)" }
    public var customMirror: Mirror { Mirror(self, children: ["operation": operation, "attempt": attempt]) }
}

extension HTTPRequest.Method {
    /// Whether requests with this method can be repeated (RFC 9110 section
    /// 9.2.2), `QUERY` among them.
    package var isIdempotent: Bool {
        switch rawValue {
        case "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "QUERY": true
        default: false
        }
    }
}
