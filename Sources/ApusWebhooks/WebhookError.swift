public import ApusRuntime

/// Why a request is not taken for an event. No description holds a secret, a signature
/// or what was sent.
public enum WebhookError: ReportableError, Hashable {
    /// A header field that the scheme needs is not there.
    case missingField(String)

    /// A header field is not as the scheme has it.
    case malformedField(String)

    /// The time in the request is further from now than the tolerance, in either direction.
    case outsideTolerance

    /// None of the signatures is of one of the secrets.
    case wrongSignature

    /// The same message has been taken before.
    case replayed

    /// A secret is not as the scheme has it.
    case invalidSecret

    /// The message is genuine and is none of those that are described.
    case unknownEvent

    /// The message is genuine and could be any of these, by their names in the description.
    case ambiguousEvent([String])

    /// The message is genuine and not as described.
    case decoding(JSONError)

    public var description: String {
        switch self {
        case .missingField(let name): "the header field \(name) is missing"
        case .malformedField(let name): "the header field \(name) is malformed"
        case .outsideTolerance: "the time in the request is too far from now"
        case .wrongSignature: "no signature is valid"
        case .replayed: "the message was received before"
        case .invalidSecret: "the secret does not have the form that the scheme requires"
        case .unknownEvent: "the message matches none of the described events"
        case .ambiguousEvent(let names): "the message could be any of \(names.joined(separator: ", "))"
        case .decoding(let error): "the message does not match the description: \(error)"
        }
    }
}
