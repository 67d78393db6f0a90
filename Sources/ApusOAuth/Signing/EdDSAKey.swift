import ApusRuntime
import Foundation

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

/// A private key on the curve Ed25519, for the algorithm `EdDSA` (RFC 8037
/// section 3.1).
public struct EdDSAKey: SigningKey {
    private let key: Curve25519.Signing.PrivateKey
    public let keyID: String?
    public var algorithm: String { "EdDSA" }

    /// Makes a new key.
    public init(keyID: String? = nil) {
        key = Curve25519.Signing.PrivateKey()
        self.keyID = keyID
    }

    /// Reads a key in PEM, `BEGIN PRIVATE KEY` (RFC 8410 section 7).
    public init(pem: Secret, keyID: String? = nil) throws(SigningKeyError) {
        let lines = pem.exposed.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        guard lines.first == "-----BEGIN PRIVATE KEY-----", lines.last == "-----END PRIVATE KEY-----",
            let der = Data(base64Encoded: lines.dropFirst().dropLast().joined()), der.starts(with: Self.prefix)
        else { throw .malformed }
        try self.init(rawRepresentation: der.dropFirst(Self.prefix.count), keyID: keyID)
    }

    /// Takes the key's 32 bytes; in a JSON Web Key the member `d` (RFC 8037
    /// section 2).
    public init(rawRepresentation: Data, keyID: String? = nil) throws(SigningKeyError) {
        do { key = try Curve25519.Signing.PrivateKey(rawRepresentation: rawRepresentation) } catch { throw .malformed }
        self.keyID = keyID
    }

    /// The key's 32 bytes. Whoever has them is the client.
    public var rawRepresentation: Data { key.rawRepresentation }

    /// What the server has to know.
    public var publicKey: JSONWebKey {
        JSONWebKey(members: ["kty": "OKP", "crv": "Ed25519", "x": Base64URL.encode(key.publicKey.rawRepresentation)])
    }

    public func signature(for data: Data) throws -> Data {
        try key.signature(for: data)
    }

    /// All that comes before the key itself in its one form of PKCS #8:
    /// version 0, the algorithm 1.3.101.112, an octet string in another.
    private static let prefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
}

extension EdDSAKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "EdDSAKey(\(keyID ?? ""))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["keyID": keyID as Any]) }
}
