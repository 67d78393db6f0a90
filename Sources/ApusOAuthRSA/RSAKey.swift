import ApusOAuth
import ApusRuntime
import Crypto
import Foundation
import _CryptoExtras

/// A private RSA key, for the algorithms `RS256` and `PS256` (RFC 7518
/// sections 3.3 and 3.5).
///
/// It is in a product of its own, because only those who need it should build
/// what it needs. A new client is better off with `ES256Key` or `EdDSAKey`.
public struct RSAKey: SigningKey {
    /// How a signature is padded.
    public enum Padding: Sendable, Hashable {
        /// `RS256`: PKCS #1 version 1.5.
        case pkcs1
        /// `PS256`: PSS.
        case pss
    }

    private let key: _RSA.Signing.PrivateKey
    private let padding: Padding
    public let keyID: String?
    public var algorithm: String { padding == .pkcs1 ? "RS256" : "PS256" }

    /// Reads a key in PEM, `BEGIN PRIVATE KEY` (PKCS #8) or `BEGIN RSA PRIVATE
    /// KEY` (PKCS #1), of 2048 bits or more.
    public init(pem: Secret, padding: Padding = .pkcs1, keyID: String? = nil) throws(SigningKeyError) {
        do { key = try _RSA.Signing.PrivateKey(pemRepresentation: pem.exposed) } catch { throw .malformed }
        self.padding = padding
        self.keyID = keyID
    }

    /// What the server has to know, in PEM.
    public var publicKey: String { key.publicKey.pemRepresentation }

    public func signature(for data: Data) throws -> Data {
        let digest = SHA256.hash(data: data)
        return try key.signature(for: digest, padding: padding == .pkcs1 ? .insecurePKCS1v1_5 : .PSS).rawRepresentation
    }
}

extension RSAKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "RSAKey(\(keyID ?? ""))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["keyID": keyID as Any]) }
}
