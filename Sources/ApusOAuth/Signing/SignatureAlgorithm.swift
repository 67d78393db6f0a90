import Foundation

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

/// An algorithm that JSON Web Tokens of others are signed by (RFC 7518 section
/// 3), from the side of who checks.
///
/// ``ES256Signature`` and ``EdDSASignature`` are here; `RS256` and `PS256` are in
/// the product `ApusOAuthRSA`.
public protocol SignatureAlgorithm: Sendable {
    /// The name in the header `alg`.
    var name: String { get }

    /// Whether the holder of `key` has signed `data`; `false` also where the key
    /// is none of this algorithm's.
    func isValid(_ signature: Data, for data: Data, by key: JSONWebKey) -> Bool
}

extension SignatureAlgorithm where Self == ES256Signature {
    /// `ES256`: ECDSA on the curve P-256.
    public static var es256: ES256Signature { ES256Signature() }
}

extension SignatureAlgorithm where Self == EdDSASignature {
    /// `EdDSA` on the curve Ed25519.
    public static var edDSA: EdDSASignature { EdDSASignature() }
}

/// `ES256` (RFC 7518 section 3.4).
public struct ES256Signature: SignatureAlgorithm {
    public var name: String { "ES256" }

    /// The algorithm.
    public init() {}

    public func isValid(_ signature: Data, for data: Data, by key: JSONWebKey) -> Bool {
        guard key.members["kty"] == "EC", key.members["crv"] == "P-256", let x = key.bytes("x"), let y = key.bytes("y"),
            let key = try? P256.Signing.PublicKey(rawRepresentation: x + y),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
        else { return false }
        return key.isValidSignature(signature, for: data)
    }
}

/// `EdDSA` on the curve Ed25519 (RFC 8037 section 3.1).
public struct EdDSASignature: SignatureAlgorithm {
    public var name: String { "EdDSA" }

    /// The algorithm.
    public init() {}

    public func isValid(_ signature: Data, for data: Data, by key: JSONWebKey) -> Bool {
        guard key.members["kty"] == "OKP", key.members["crv"] == "Ed25519", let x = key.bytes("x"),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: x)
        else { return false }
        return key.isValidSignature(signature, for: data)
    }
}

extension JSONWebKey {
    /// A member's bytes; `nil` where it is absent or is not base64url.
    public func bytes(_ member: String) -> Data? { members[member].flatMap { Base64URL.decode($0) } }
}
