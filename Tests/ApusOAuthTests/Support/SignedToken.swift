import Foundation

@testable import ApusOAuth

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

/// A signed JSON Web Token as a server reads it.
struct SignedToken {
    let header: [String: Any]
    let claims: [String: Any]
    private let input: Data
    private let signature: Data

    struct Malformed: Error {}

    init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]), let claims = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]),
            let headerMembers = try JSONSerialization.jsonObject(with: header) as? [String: Any],
            let claimMembers = try JSONSerialization.jsonObject(with: claims) as? [String: Any]
        else { throw Malformed() }
        self.header = headerMembers
        self.claims = claimMembers
        self.signature = signature
        input = Data("\(parts[0]).\(parts[1])".utf8)
    }

    func header(_ name: String) -> String? { header[name] as? String }
    func claim(_ name: String) -> String? { claims[name] as? String }
    func number(_ name: String) -> Double? { (claims[name] as? NSNumber)?.doubleValue }

    /// The key in the header, as a proof of possession has it.
    var ownKey: JSONWebKey? { (header["jwk"] as? [String: String]).map { JSONWebKey(members: $0) } }

    /// Whether the holder of `key` has signed it.
    func isSigned(by key: JSONWebKey) throws -> Bool {
        func bytes(_ name: String) throws -> Data {
            guard let text = key.members[name], let bytes = Base64URL.decode(text) else { throw Malformed() }
            return bytes
        }
        switch header("alg") {
        case "ES256":
            let key = try P256.Signing.PublicKey(rawRepresentation: bytes("x") + bytes("y"))
            return key.isValidSignature(try P256.Signing.ECDSASignature(rawRepresentation: signature), for: input)
        case "EdDSA":
            return try Curve25519.Signing.PublicKey(rawRepresentation: bytes("x")).isValidSignature(signature, for: input)
        default: throw Malformed()
        }
    }

    /// Whether it was made with `secret`.
    func isSigned(with secret: String) -> Bool {
        header("alg") == "HS256"
            && HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: input, using: SymmetricKey(data: Data(secret.utf8)))
    }
}
