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

    /// RFC 7515 appendix A.2, a signature that somebody else has made.
    @Test func signatureOfTheStandard() throws {
        let key = JSONWebKey(members: [
            "kty": "RSA", "e": "AQAB",
            "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
        ])
        let input = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        let signature = try bytes(
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw")
        let algorithm: any SignatureAlgorithm = .rs256
        #expect(algorithm.isValid(signature, for: Data(input.utf8), by: key))
        #expect(!algorithm.isValid(signature, for: Data((input + "x").utf8), by: key))
        let other: any SignatureAlgorithm = .ps256
        #expect(!other.isValid(signature, for: Data(input.utf8), by: key))
    }

    @Test(arguments: [RSAKey.Padding.pkcs1, .pss])
    func signaturesAreChecked(padding: RSAKey.Padding) throws {
        let pair = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let primitives = try pair.publicKey.getKeyPrimitives()
        func text(_ data: Data) -> String {
            data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
                .replacingOccurrences(of: "=", with: "")
        }
        let key = JSONWebKey(members: ["kty": "RSA", "n": text(primitives.modulus), "e": text(primitives.publicExponent)])
        let data = Data("data".utf8)
        let signature = try RSAKey(pem: Secret(pair.pemRepresentation), padding: padding).signature(for: data)
        #expect(RSASignature(padding).isValid(signature, for: data, by: key))
        #expect(!RSASignature(padding).isValid(signature, for: Data("other".utf8), by: key))
        #expect(!RSASignature(padding).isValid(signature, for: data, by: ES256Key().publicKey))
    }

    @Test func whatIsNoKey() {
        for text in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"] {
            #expect(throws: SigningKeyError.malformed) { try RSAKey(pem: Secret(text)) }
        }
    }
}
