#if AsyncHTTPClient
    import AsyncHTTPClient
    import HTTPTypes
    import NIOCore
    import NIOHTTP1

    /// A request in AsyncHTTPClient's terms, checked so that nothing in it can change on the way.
    struct ClientRequest {
        let request: HTTPClientRequest

        init(_ request: HTTPRequest, _ body: HTTPBody?) throws(AsyncHTTPClientTransportError) {
            guard let scheme = request.scheme?.lowercased(), scheme == "http" || scheme == "https" else {
                throw .unsupportedScheme
            }
            guard let authority = request.authority, Authority(authority) != nil else { throw .invalidAuthority }
            guard let target = RequestTarget.encoded(request.path ?? "/") else { throw .invalidTarget }
            var outgoing = HTTPClientRequest(url: "\(scheme)://\(authority)\(target)")
            outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
            for field in request.headerFields where !Self.derived.contains(field.name.canonicalName) {
                outgoing.headers.add(name: field.name.rawName, value: field.value)
            }
            if let body, body.length != 0 {
                let length = body.length.map { HTTPClientRequest.Body.Length.known($0) } ?? .unknown
                outgoing.body = .stream(body.map { ByteBuffer(bytes: $0) }, length: length)
            }
            self.request = outgoing
        }

        private static let derived: Set<String> = ["content-length", "transfer-encoding", "host"]
    }

    /// A request that cannot be sent as it is. Nothing of it is kept in the error, since it may be secret.
    public enum AsyncHTTPClientTransportError: RetryableError, UnsentRequestError, Hashable {
        /// The scheme is neither `http` nor `https`.
        case unsupportedScheme

        /// The authority is missing or is not a host with an optional port (RFC 9110 section 4.2).
        case invalidAuthority

        /// The path does not start with `/`, or path or query have bytes that a
        /// request line cannot hold, or the path has a segment `.` or `..`.
        case invalidTarget

        /// A header field has a name or a value that HTTP cannot carry.
        case invalidField

        /// The source of the body produced more or fewer bytes than ``HTTPBody/length`` says.
        case wrongBodyLength

        /// The server has refused the request before it looked at it (`REFUSED_STREAM`,
        /// RFC 9113 section 8.7).
        case refused

        public var isRetryable: Bool { self == .refused }

        public var isUnsent: Bool { self == .refused }

        public var description: String {
            switch self {
            case .unsupportedScheme: "the scheme is neither http nor https"
            case .invalidAuthority: "the authority is not a host with an optional port"
            case .invalidTarget: "the path or the query cannot be sent as it is"
            case .invalidField: "a header field cannot be sent as it is"
            case .wrongBodyLength: "the body is longer or shorter than its length says"
            case .refused: "the server refused the request before it looked at it"
            }
        }
    }
#endif
