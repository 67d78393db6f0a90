public import Foundation
public import HTTPTypes

/// Why a call gave no result.
///
/// `Documented` is the type of the error bodies that the description gives
/// for the operation, `Never` if it gives none. No description of an error
/// shows header fields, bodies or URLs.
public enum APIError<Documented: Sendable>: Error {
    /// The server answered with an error that the description knows.
    case documented(Documented, Response)

    /// The server answered with a status that is not a success, and either the
    /// description does not have it or the body was not as described.
    case undocumented(Response)

    /// The server reported success, with a body that is not as described.
    case decoding(JSONError, Response)

    /// A parameter or the body cannot be expressed; nothing was sent.
    case encoding(JSONError)

    /// The request did not get through, or the response broke off.
    case transport(TransportFailure)

    /// The request could not be authorized.
    case authorization(AuthorizationError)

    /// The task was cancelled.
    case cancelled
}

/// An ``APIError`` of whichever operation: what code needs that handles the errors of many,
/// whose documented bodies are of different types.
///
///     } catch let error as any AnyAPIError where error.status == .unauthorized { … }
public protocol AnyAPIError: Error {
    /// The server's answer, if there was one.
    var response: Response? { get }

    /// What was tried, in order, where a request was sent.
    var attempts: [Attempt] { get }

    /// How long the server asks to wait before the next request.
    var retryAfter: Duration? { get }

    /// Whether the same request may well succeed a little later.
    var isRetryable: Bool { get }
}

extension AnyAPIError {
    /// The answer's status, if there was one.
    public var status: HTTPResponse.Status? { response?.status }
}

extension APIError: AnyAPIError {
    /// The server's answer, if there was one.
    public var response: Response? {
        switch self {
        case .documented(_, let response), .undocumented(let response), .decoding(_, let response): response
        case .encoding, .transport, .authorization, .cancelled: nil
        }
    }

    /// What was tried, in order, where a request was sent.
    public var attempts: [Attempt] {
        if case .transport(let failure) = self { failure.attempts } else { response?.attempts ?? [] }
    }

    /// How long the server asks to wait before the next request: `Retry-After`
    /// in its forms (RFC 9110 section 10.2.3) or `RateLimit`.
    public var retryAfter: Duration? {
        response.flatMap {
            RetryAfter.delay(in: HTTPResponse(status: $0.status, headerFields: $0.headerFields), now: Date())
        }
    }

    /// Whether the same request may well succeed a little later: the server
    /// was busy (408, 425, 429, 500, 502, 503, 504; RFC 9110 section 15, RFC 6585
    /// section 4) or could not be reached.
    ///
    /// Whether the request may be repeated is another question: a method that
    /// is not idempotent (RFC 9110 section 9.2.2) may have had its effect.
    public var isRetryable: Bool {
        switch self {
        case .documented(_, let response), .undocumented(let response):
            RetryPolicy.standardStatuses.contains(response.status.code)
        case .transport(let failure): UnderlyingError(failure.underlying).isRetryable
        case .authorization(.failed(_, let error)): UnderlyingError(error).isRetryable
        case .decoding, .encoding, .authorization, .cancelled: false
        }
    }
}

extension APIError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable, LocalizedError {
    public var description: String {
        switch self {
        // Of an error without content there is nothing more to say than its status.
        case .documented(_, let response): "documented error\(Documented.self == Void.self ? "" : " \(Documented.self)"), \(response)"
        case .undocumented(let response): "undocumented response, \(response)"
        case .decoding(let error, let response): "the response does not match the description, \(response): \(error)"
        case .encoding(let error): "the request cannot be written as described: \(error)"
        case .transport(let failure): "no response: \(failure)"
        case .authorization(let error): "not authorized: \(error)"
        case .cancelled: "cancelled"
        }
    }

    public var debugDescription: String { description }
    public var errorDescription: String? { description }

    public var customMirror: Mirror {
        Mirror(self, children: ["description": description], displayStyle: .enum)
    }
}

/// An error whose description is safe to show: it holds neither a secret nor a URL's query.
///
/// ``APIError`` shows the description. Of errors that do not conform it shows the type only.
public protocol ReportableError: Error, CustomStringConvertible {}

/// An error of a transport, a middleware or a credential that can tell whether trying again may help.
public protocol RetryableError: ReportableError {
    /// Whether the same request may well succeed a little later.
    var isRetryable: Bool { get }
}

/// What can be said about an error from below without showing what it holds:
/// URL loading errors hold the URL, and its query may be secret.
package struct UnderlyingError: CustomStringConvertible {
    private let error: any Error

    package init(_ error: any Error) {
        self.error = error
    }

    package var isRetryable: Bool {
        switch error {
        case let error as any RetryableError: error.isRetryable
        case let error as URLError:
            switch error.code {
            case .timedOut, .cannotFindHost, .cannotConnectToHost, .networkConnectionLost, .dnsLookupFailed,
                .notConnectedToInternet, .internationalRoamingOff, .callIsActive, .dataNotAllowed:
                true
            default: false
            }
        case let error as POSIXError:
            switch error.code {
            case .ECONNRESET, .ECONNREFUSED, .ECONNABORTED, .EPIPE, .ETIMEDOUT, .ENETDOWN, .ENETUNREACH,
                .EHOSTUNREACH, .EHOSTDOWN:
                true
            default: false
            }
        default: false
        }
    }

    /// Whether surely not a byte of the request was sent.
    package var isUnsent: Bool {
        switch error {
        case let error as any UnsentRequestError: error.isUnsent
        case let error as URLError:
            switch error.code {
            case .cannotFindHost, .cannotConnectToHost, .dnsLookupFailed, .notConnectedToInternet,
                .internationalRoamingOff, .callIsActive, .dataNotAllowed:
                true
            default: false
            }
        case let error as POSIXError: error.code == .ECONNREFUSED
        default: false
        }
    }

    /// One of few texts.
    var kind: String {
        switch error {
        case let error as URLError: "URLError \(error.errorCode)"
        case let error as POSIXError: "POSIXError \(error.code.rawValue)"
        default: String(describing: type(of: error))
        }
    }

    var isTimeout: Bool {
        error is CallTimeout || (error as? URLError)?.code == .timedOut
    }

    var isCancellation: Bool {
        if error is CancellationError { return true }
        return (error as? URLError)?.code == .cancelled
    }

    package var description: String {
        switch error {
        case let error as any ReportableError: error.description
        default: reason.map { "\($0) (\(kind))" } ?? kind
        }
    }

    /// What the codes that people meet most often mean. The system's own texts may have URLs.
    private var reason: String? {
        switch (error as? URLError)?.code {
        case .cannotFindHost, .dnsLookupFailed: "the host was not found"
        case .cannotConnectToHost: "the server cannot be reached"
        case .networkConnectionLost: "the connection was lost"
        case .notConnectedToInternet: "there is no network"
        case .timedOut: "the server did not respond in time"
        case .secureConnectionFailed: "the TLS handshake failed"
        case .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid:
            "the server's certificate is not trusted"
        default: nil
        }
    }
}
