import ApusRuntime
import Foundation

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

/// A client secret as a key, for the algorithm `HS256` (RFC 7518 section 3.2).
struct HS256Key: SigningKey {
    let secret: Secret
    var keyID: String? { nil }
    var algorithm: String { "HS256" }

    func signature(for data: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: data, using: SymmetricKey(data: Data(secret.exposed.utf8))))
    }
}
