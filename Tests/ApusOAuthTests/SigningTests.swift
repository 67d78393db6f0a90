import ApusRuntime
import Foundation
import Testing

@testable import ApusOAuth

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

@Suite struct SigningTests {
    private func bytes(_ text: String) throws -> Data { try #require(Base64URL.decode(text)) }

    /// The key of RFC 7515 appendix A.3.
    @Test func publicHalfOfES256() throws {
        let key = try ES256Key(rawRepresentation: bytes("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"))
        #expect(
            key.publicKey.members == [
                "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
            ])
    }

    /// The key and the signature of RFC 8037 appendix A.
    @Test func edDSAVector() throws {
        let key = try EdDSAKey(rawRepresentation: bytes("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
        #expect(key.publicKey.members["x"] == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        #expect(key.publicKey.thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        let input = Data("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".utf8)
        let expected = try bytes("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
        let publicKey = try Curve25519.Signing.PublicKey(rawRepresentation: bytes("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
        #expect(publicKey.isValidSignature(expected, for: input))
        // Not compared byte by byte: a library may mix in chance.
        #expect(publicKey.isValidSignature(try key.signature(for: input), for: input))
    }

    /// RFC 4231 section 4.3.
    @Test func hs256Vector() {
        let code = HS256Key(secret: "Jefe").signature(for: Data("what do ya want for nothing?".utf8))
        #expect(
            code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    /// RFC 7638 section 3.1.
    @Test func thumbprintVector() {
        let key = JSONWebKey(members: [
            "kty": "RSA", "e": "AQAB",
            "n":
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        ])
        #expect(key.thumbprint == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }

    /// RFC 8410 section 10.3, and a key that `openssl ecparam` has made.
    @Test func keysInPEM() throws {
        let edwards = try EdDSAKey(pem: """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----

            """)
        #expect(edwards.publicKey.members["x"] == "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE")
        let text = P256.Signing.PrivateKey().pemRepresentation
        let curve = try ES256Key(pem: Secret(text), keyID: "k")
        #expect(try ES256Key(rawRepresentation: curve.rawRepresentation).publicKey == curve.publicKey)
        #expect(curve.keyID == "k")
        for text in ["", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"] {
            #expect(throws: SigningKeyError.malformed) { try ES256Key(pem: Secret(text)) }
            #expect(throws: SigningKeyError.malformed) { try EdDSAKey(pem: Secret(text)) }
        }
        #expect(throws: SigningKeyError.malformed) { try EdDSAKey(rawRepresentation: Data(count: 31)) }
        #expect(throws: SigningKeyError.malformed) { try ES256Key(rawRepresentation: Data(count: 32)) }
    }

    @Test func assertionClaims() async throws {
        let key = ES256Key(keyID: "k1")
        let text = try await JSONWebToken.assertion(
            issuer: "me", subject: "user", audience: "https://as.example/token", now: ManualClock().date, lifetime: 30,
            claims: ["scope": "a", "iss": "overwritten"]
        ).signed(with: key)
        let token = try SignedToken(text.exposed)
        #expect(try token.isSigned(by: key.publicKey))
        #expect(try !token.isSigned(by: ES256Key().publicKey))
        #expect(token.header("typ") == "JWT" && token.header("alg") == "ES256" && token.header("kid") == "k1")
        #expect(token.claim("iss") == "me" && token.claim("sub") == "user" && token.claim("scope") == "a")
        #expect(token.claim("aud") == "https://as.example/token")
        #expect(token.number("iat") == 1_700_000_000 && token.number("exp") == 1_700_000_030)
        #expect(token.claim("jti")?.count == 43)
    }

    @Test func keysAreNotShown() throws {
        let keys: [(any SigningKey, Data)] = [
            { (key: ES256Key) in (key, key.rawRepresentation) }(ES256Key()),
            { (key: EdDSAKey) in (key, key.rawRepresentation) }(EdDSAKey()),
        ]
        for (key, bytes) in keys {
            var text = "\(key) \(String(reflecting: key)) \(OAuth2Client(id: "c", key: key))"
            dump(key, to: &text)
            dump(OAuth2Client(id: "c", secret: "s", key: key), to: &text)
            #expect(!text.contains(Base64URL.encode(bytes)) && !text.contains(bytes.base64EncodedString()))
            #expect(!text.contains(bytes.map { "\($0)" }.joined(separator: ", ")))
            #expect(text.count < 400)
        }
    }
}
