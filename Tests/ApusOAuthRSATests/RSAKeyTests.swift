import ApusOAuth
import ApusOAuthRSA
import ApusRuntime
import Crypto
import Foundation
import Testing
import _CryptoExtras

@Suite struct RSAKeyTests {
    private func bytes(_ text: Substring) throws -> Data {
        let base64 = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        return try #require(Data(base64Encoded: base64 + String(repeating: "=", count: (4 - base64.count % 4) % 4)))
    }

    @Test(arguments: [RSAKey.Padding.pkcs1, .pss])
    func signsAssertions(padding: RSAKey.Padding) async throws {
        let pair = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let key = try RSAKey(pem: Secret(pair.pemRepresentation), padding: padding, keyID: "r1")
        #expect(key.publicKey == pair.publicKey.pemRepresentation)
        let text = try await JSONWebToken.assertion(issuer: "me", subject: "me", audience: "https://as.example/token")
            .signed(with: key)
        let parts = text.exposed.split(separator: ".")
        #expect(parts.count == 3)
        let header = try JSONDecoder().decode([String: String].self, from: bytes(parts[0]))
        #expect(header == ["alg": padding == .pkcs1 ? "RS256" : "PS256", "kid": "r1", "typ": "JWT"])
        let signature = _RSA.Signing.RSASignature(rawRepresentation: try bytes(parts[2]))
        let digest = SHA256.hash(data: Data("\(parts[0]).\(parts[1])".utf8))
        #expect(
            pair.publicKey.isValidSignature(
                signature, for: digest, padding: padding == .pkcs1 ? .insecurePKCS1v1_5 : .PSS))
        #expect("\(key) \(String(reflecting: key))" == "RSAKey(r1) RSAKey(r1)")
    }

    @Test func whatIsNoKey() {
        for text in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"] {
            #expect(throws: SigningKeyError.malformed) { try RSAKey(pem: Secret(text)) }
        }
    }
}
