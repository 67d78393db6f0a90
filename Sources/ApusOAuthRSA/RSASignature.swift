import ApusOAuth
import Crypto
import Foundation
import _CryptoExtras

/// `RS256` and `PS256` (RFC 7518 sections 3.3 and 3.5), to check who has signed an
/// ID token. Most authorization servers sign with `RS256`.
public struct RSASignature: SignatureAlgorithm {
    private let padding: RSAKey.Padding
    public var name: String { padding == .pkcs1 ? "RS256" : "PS256" }

    /// The algorithm.
    public init(_ padding: RSAKey.Padding) {
        self.padding = padding
    }

    public func isValid(_ signature: Data, for data: Data, by key: JSONWebKey) -> Bool {
        // RFC 7518 section 3.3: 2048 bits or more, which the library wants too.
        guard key.members["kty"] == "RSA", let modulus = key.bytes("n"), let exponent = key.bytes("e"),
            let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent)
        else { return false }
        return key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: data),
            padding: padding == .pkcs1 ? .insecurePKCS1v1_5 : .PSS)
    }
}

extension SignatureAlgorithm where Self == RSASignature {
    /// `RS256`: PKCS #1 version 1.5.
    public static var rs256: RSASignature { RSASignature(.pkcs1) }
    /// `PS256`: PSS.
    public static var ps256: RSASignature { RSASignature(.pss) }
}
