import Foundation
public import HTTPTypes

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Why an operation has no result.
///
/// Neither its description nor its mirror shows header fields, content or
/// queries, which may hold secrets.
public enum APIError<Documented: Sendable>: Error {
    /// An error response that the description names, with its content.
    case documented(Documented, Response)

    /// A response that the description does not name, or whose content is not
    /// what it says.
    case undocumented(Response)

    /// A successful response whose content is not what the description says.
    case decoding(JSONError, Response)

    /// A value that cannot be sent, such as a number that is not finite.
    case encoding(JSONError)

    /// The request or its response did not get through.
    case transport(any Error)

    /// The request could not be authorised.
    case authorization(AuthorizationError)

    /// The task was cancelled.
    case cancelled
}

extension APIError {
    /// The response, where there was one.
    public var response: Response? {
        switch self {
        case .documented(_, let response), .undocumented(let response), .decoding(_, let response): response
        case .encoding, .transport, .authorization, .cancelled: nil
        }
    }

    /// The response's status, where there was one.
    public var status: HTTPResponse.Status? { response?.status }

    /// Whether the same request may succeed later: after 408, 429, 500, 502,
    /// 503 and 504 (RFC 9110 section 15), and where the network failed for now.
    public var isRetryable: Bool {
        switch self {
        case .documented, .undocumented: [408, 429, 500, 502, 503, 504].contains(status?.code ?? 0)
        case .transport(let error): Self.isTransient(error)
        case .decoding, .encoding, .authorization, .cancelled: false
        }
    }

    private static func isTransient(_ error: any Error) -> Bool {
        guard let error = error as? URLError else { return false }
        switch error.code {
        case .timedOut, .cannotFindHost, .cannotConnectToHost, .networkConnectionLost, .dnsLookupFailed,
            .notConnectedToInternet, .resourceUnavailable:
            return true
        default:
            return false
        }
    }
}

extension APIError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable, LocalizedError {
    public var description: String {
        switch self {
        case .documented(_, let response): "\(response)"
        case .undocumented(let response): "\(response), which the description does not provide for"
        case .decoding(let error, let response): "\(response), whose content is not what the description says: \(error)"
        case .encoding(let error): "the request cannot be sent: \(error)"
        case .transport(let error): "the request did not get through: \(Self.description(of: error))"
        case .authorization(let error): "\(error)"
        case .cancelled: "cancelled"
        }
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }

    public var errorDescription: String? { description }

    /// Errors of URL loading name the URL, whose query may hold an API key.
    private static func description(of error: any Error) -> String {
        switch error {
        case let error as URLError: "\(type(of: error)) \(error.code.rawValue)"
        case let error as HTTPBodyError: "\(error)"
        default: "\(type(of: error))"
        }
    }
}
