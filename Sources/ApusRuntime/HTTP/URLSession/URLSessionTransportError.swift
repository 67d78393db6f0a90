/// A request that `URLSession` cannot send as it is.
///
/// Nothing has been sent, and sending the same again fails again. No part of
/// the request is kept in the error, since it may be secret.
public enum URLSessionTransportError: ReportableError, Hashable {
    /// The scheme is neither `http` nor `https`.
    case unsupportedScheme

    /// The authority is missing or is not a host with an optional port (RFC 9110 section 4.2).
    case invalidAuthority

    /// The path does not start with `/`, or path or query have bytes that a
    /// request line cannot hold, or the path has a segment `.` or `..`, which
    /// URL loading would remove.
    case invalidTarget

    /// URL loading does not send a body with this method (`GET`, `HEAD`, `TRACE`, `CONNECT`).
    case bodyNotAllowed(method: String)

    /// The source of the body produced more or fewer bytes than ``HTTPBody/length`` says.
    case wrongBodyLength

    /// On Linux, libcurl would send a plain http request for this machine to the
    /// proxy in `http_proxy`, where anyone can read it. Set `no_proxy=127.0.0.1,localhost,::1`.
    case loopbackThroughProxy
}

extension URLSessionTransportError {
    public var description: String {
        switch self {
        case .unsupportedScheme: "the scheme is neither http nor https"
        case .invalidAuthority: "the authority is not a host with an optional port"
        case .invalidTarget: "the path or the query cannot be sent as it is"
        case .bodyNotAllowed(let method): "URL loading sends no body with \(method)"
        case .loopbackThroughProxy:
            "http_proxy would send a request for this machine to a proxy; set no_proxy=127.0.0.1,localhost,::1"
        case .wrongBodyLength: "the body is longer or shorter than its length says"
        }
    }
}
