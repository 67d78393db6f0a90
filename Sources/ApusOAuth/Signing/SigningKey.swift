import Foundation

/// A key that JSON Web Tokens are signed with (RFC 7515), for clients that
/// authenticate with a key and for assertions.
///
/// ``ES256Key`` and ``EdDSAKey`` are keys in memory. A key that is elsewhere,
/// in a hardware module or a key service, is a type of your own.
public protocol SigningKey: Sendable {
    /// The algorithm's name in the header `alg` (RFC 7518 section 3.1), such
    /// as `ES256`.
    var algorithm: String { get }

    /// What the server knows the key as, the header `kid`; `nil` where it
    /// knows one key only.
    var keyID: String? { get }

    /// Signs `data`.
    ///
    /// - Returns: The signature as RFC 7518 section 3 wants it; for ECDSA the
    ///   two numbers one after the other and not in DER.
    /// - Throws: What the caller gets as ``OAuth2Error/signingFailed(_:)``.
    func signature(for data: Data) async throws -> Data
}

/// Why text is not a key.
public enum SigningKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is not a private key of this kind.
    case malformed

    public var description: String {
        switch self {
        case .malformed: "not a private key of this kind"
        }
    }
}
