import ApusRuntime
import Foundation

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

/// A private key on the curve P-256, for the algorithm `ES256` (RFC 7518
/// section 3.4).
public struct ES256Key: SigningKey {
    private let key: P256.Signing.PrivateKey
    public let keyID: String?
    public var algorithm: String { "ES256" }

    /// Makes a new key.
    public init(keyID: String? = nil) {
        key = P256.Signing.PrivateKey()
        self.keyID = keyID
    }

    /// Reads a key in PEM, `BEGIN PRIVATE KEY` (PKCS #8) or `BEGIN EC PRIVATE
    /// KEY` (SEC 1).
    public init(pem: Secret, keyID: String? = nil) throws(SigningKeyError) {
        do { key = try P256.Signing.PrivateKey(pemRepresentation: pem.exposed) } catch { throw .malformed }
        self.keyID = keyID
    }

    /// Takes the key's number, 32 bytes; in a JSON Web Key the member `d` (RFC
    /// 7518 section 6.2.2.1).
    public init(rawRepresentation: Data, keyID: String? = nil) throws(SigningKeyError) {
        do { key = try P256.Signing.PrivateKey(rawRepresentation: rawRepresentation) } catch { throw .malformed }
        self.keyID = keyID
    }

    /// The key's number, 32 bytes. Whoever has it is the client.
    public var rawRepresentation: Data { key.rawRepresentation }

    /// What the server has to know.
    public var publicKey: JSONWebKey {
        let point = key.publicKey.rawRepresentation
        return JSONWebKey(members: [
            "kty": "EC", "crv": "P-256", "x": Base64URL.encode(point.prefix(32)), "y": Base64URL.encode(point.suffix(32)),
        ])
    }

    public func signature(for data: Data) throws -> Data {
        try key.signature(for: data).rawRepresentation
    }
}

extension ES256Key: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "ES256Key(\(keyID ?? ""))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["keyID": keyID as Any]) }
}
