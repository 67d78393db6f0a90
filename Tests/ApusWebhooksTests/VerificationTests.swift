import ApusWebhooks
import Foundation
import HTTPTypes
import Testing

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

@Suite("Verification of webhooks")
struct VerificationTests {
    private func verifier(_ row: VerificationRow) throws -> WebhookVerifier {
        switch row.scheme {
        case "standard": try .standard(secrets: row.secrets)
        case "svix": try .standard(secrets: row.secrets, prefix: "svix")
        case "gitHub": try .gitHub(secrets: row.secrets)
        case "slack": try .slack(secrets: row.secrets)
        default: try .stripe(secrets: row.secrets)
        }
    }

    private func fields(_ pairs: [(String, String)]) -> HTTPFields {
        HTTPFields(pairs.map { HTTPField(name: HTTPField.Name($0.0)!, value: $0.1) })
    }

    @Test(arguments: VerificationRow.all) func row(_ row: VerificationRow) throws {
        let verifier = try verifier(row)
        let end: String
        do throws(WebhookError) {
            _ = try verifier.verify(headers: fields(row.fields), body: Data(row.body.utf8), now: Date(timeIntervalSince1970: row.now))
            end = "ok"
        } catch {
            switch error {
            case .missingField: end = "missing"
            case .malformedField: end = "malformed"
            default: end = "\(error)".isEmpty ? "" : String(describing: Case(error))
            }
            for secret in row.secrets where secret.count > 5 { #expect(!"\(error)".contains(secret)) }
        }
        #expect(end == row.end)
    }

    private struct Case: CustomStringConvertible {
        let description: String

        init(_ error: WebhookError) {
            description = error == .wrongSignature ? "wrongSignature" : error == .outsideTolerance ? "outsideTolerance" : "\(error)"
        }
    }

    @Test("Every byte of body, ID, time and signature counts") func everyByte() throws {
        let row = VerificationRow.all[0]
        let verifier = try verifier(row)
        let now = Date(timeIntervalSince1970: row.now)
        for index in row.body.utf8.indices {
            var bytes = Array(row.body.utf8)
            bytes[row.body.utf8.distance(from: row.body.utf8.startIndex, to: index)] ^= 1
            #expect(throws: WebhookError.wrongSignature) { try verifier.verify(headers: fields(row.fields), body: Data(bytes), now: now) }
        }
        let signature = Array(row.fields[2].1.utf8)
        for index in 3..<(signature.count - 2) {
            var changed = signature
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            var pairs = row.fields
            pairs[2].1 = String(decoding: changed, as: UTF8.self)
            #expect(throws: WebhookError.wrongSignature) { try verifier.verify(headers: fields(pairs), body: Data(row.body.utf8), now: now) }
        }
    }

    @Test("Ed25519 signatures, of one of several keys") func ed25519() throws {
        let (key, other) = (Curve25519.Signing.PrivateKey(), Curve25519.Signing.PrivateKey())
        let secrets = [other, key].map { "whpk_" + $0.publicKey.rawRepresentation.base64EncodedString() }
        let body = Data("{}".utf8)
        let signature = try key.signature(for: Data("msg_1.1614265330.".utf8) + body)
        let headers = fields([
            ("webhook-id", "msg_1"), ("webhook-timestamp", "1614265330"), ("webhook-signature", "v1a,\(signature.base64EncodedString())"),
        ])
        let now = Date(timeIntervalSince1970: 1_614_265_330)
        let message = try WebhookVerifier.standard(secrets: secrets).verify(headers: headers, body: body, now: now)
        #expect(message.id == "msg_1")
        #expect(message.timestamp == now)
        let verifier = try WebhookVerifier.standard(secrets: [secrets[0]])
        #expect(throws: WebhookError.wrongSignature) { try verifier.verify(headers: headers, body: body, now: now) }
    }

    @Test("Secrets that are none") func secrets() {
        for secrets in [[], ["whsec_"], ["whsec_???"], ["whpk_AAAA"], [""]] {
            #expect(throws: WebhookError.invalidSecret) { _ = try WebhookVerifier.standard(secrets: secrets) }
        }
        #expect(throws: WebhookError.invalidSecret) { _ = try WebhookVerifier.gitHub(secrets: []) }
        #expect(throws: WebhookError.invalidSecret) { _ = try WebhookVerifier.stripe(secrets: [""]) }
        #expect(throws: WebhookError.invalidSecret) { _ = try WebhookVerifier.slack(secrets: []) }
    }

    @Test("A verifier shows no secret") func shown() throws {
        let verifier = try WebhookVerifier.gitHub(secrets: ["very-secret"])
        var dumped = ""
        dump(verifier, to: &dumped)
        for text in ["\(verifier)", String(reflecting: verifier), dumped] { #expect(!text.contains("very-secret")) }
    }
}
