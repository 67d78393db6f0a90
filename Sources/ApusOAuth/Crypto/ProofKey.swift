import ApusRuntime
import Foundation

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

/// A code verifier and its challenge (RFC 7636), always by method S256.
struct ProofKey: Sendable {
    /// What only the client knows until it exchanges the code.
    let verifier: Secret

    /// A fresh one.
    init() {
        verifier = Secret(RandomText.fresh())
    }

    /// One with a given verifier.
    init(verifier: Secret) {
        self.verifier = verifier
    }

    /// `BASE64URL(SHA256(verifier))` (section 4.2).
    var challenge: String {
        Self.hash(verifier.exposed)
    }

    /// `BASE64URL(SHA256(text))`, which RFC 9449 section 4.2 wants of an
    /// access token too.
    static func hash(_ text: String) -> String {
        Base64URL.encode(Data(SHA256.hash(data: Data(text.utf8))))
    }
}
