/// Why a credential cannot be put into a request.
public enum CredentialError: RetryableError, Hashable {
    /// A token, a password or a key has characters that HTTP cannot carry; often a line break at its end.
    case illegalCharacters
    /// A user name with a colon (RFC 7617 section 2).
    case colonInUserName
    /// The name of the header field is not one (RFC 9110 section 5.1).
    case illegalName

    public var isRetryable: Bool { false }

    public var description: String {
        switch self {
        case .illegalCharacters: "it has characters that HTTP cannot carry"
        case .colonInUserName: "a user name cannot have a colon"
        case .illegalName: "the name is not one of a header field"
        }
    }
}

extension AuthorizationError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        switch self {
        case .missingCredential(let schemes): "there is no credential for \(schemes.joined(separator: " or "))"
        case .signInRequired(let scheme): "sign in first (\(scheme))"
        case .insufficientScope(let required):
            "the scope does not suffice" + (required.isEmpty ? "" : ", required: " + required.joined(separator: " "))
        case .insecureConnection(let host): "a credential is not sent to \(host) without TLS"
        case .foreignServer(let host):
            "\(host) is another server than the client's; add its origin to credentialOrigins if it may get credentials"
        case .failed(let scheme, let error): "\(scheme): \(UnderlyingError(error))"
        }
    }

    public var debugDescription: String { description }

    // A dump would walk into other libraries' errors, which may carry whole requests.
    public var customMirror: Mirror { Mirror(self, children: ["description": description], displayStyle: .enum) }
}
