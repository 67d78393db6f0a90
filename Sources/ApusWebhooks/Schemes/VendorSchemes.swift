import Foundation
import HTTPTypes

extension WebhookVerifier {
    /// GitHub's: `X-Hub-Signature-256`, over the body.
    ///
    /// The signature covers no time: a request that was overheard stays genuine for ever.
    /// A ``ReplayGuard`` keeps it away as long as it remembers.
    ///
    /// - Parameter secrets: The text of the secret; several while one takes the place of another.
    /// - Throws: ``WebhookError/invalidSecret``.
    public static func gitHub(secrets: [String]) throws(WebhookError) -> WebhookVerifier {
        let keys = try SharedKey.keys(ofText: secrets)
        return WebhookVerifier { headers, body, _ throws(WebhookError) in
            let name = "X-Hub-Signature-256"
            let text = try headers.only(name)
            guard text.hasPrefix("sha256="), let signature = Data(signature: text.dropFirst(7)) else { throw .malformedField(name) }
            return VerifiedWebhook(id: try keys.match([signature], of: body).hexadecimal, timestamp: nil)
        }
    }

    /// Stripe's: `Stripe-Signature` with `t=` and one or more `v1=`, over `t.body`.
    ///
    /// - Parameters:
    ///   - secrets: The text of the endpoint's secret, with its `whsec_`; several while one
    ///     takes the place of another.
    ///   - tolerance: How far the time in a request may be from now, in either direction.
    /// - Throws: ``WebhookError/invalidSecret``.
    public static func stripe(secrets: [String], tolerance: Duration = .seconds(300)) throws(WebhookError) -> WebhookVerifier {
        let keys = try SharedKey.keys(ofText: secrets)
        return WebhookVerifier { headers, body, now throws(WebhookError) in
            let name = "Stripe-Signature"
            var time: String?
            var signatures: [Data] = []
            let entries = try headers.only(name).split(separator: ",")
            guard entries.count <= HTTPFields.mostSignatures else { throw .malformedField(name) }
            for entry in entries {
                let parts = entry.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                guard parts.count == 2 else { throw .malformedField(name) }
                switch parts[0] {
                case "t":
                    // Which of two times the signature covers, nobody could say.
                    guard time == nil else { throw .malformedField(name) }
                    time = parts[1]
                case "v1":
                    guard let signature = Data(signature: parts[1]) else { throw .malformedField(name) }
                    signatures.append(signature)
                default: break
                }
            }
            guard let time, !signatures.isEmpty else { throw .malformedField(name) }
            let signed = try SignedTime(time, in: name, now, tolerance: tolerance)
            let signature = try keys.match(signatures, of: Data("\(signed.text).".utf8) + body)
            return VerifiedWebhook(id: signature.hexadecimal, timestamp: signed.date)
        }
    }

    /// Slack's: `X-Slack-Signature` with `v0=`, over `v0:timestamp:body`.
    ///
    /// - Parameters:
    ///   - secrets: The text of the signing secret; several while one takes the place of another.
    ///   - tolerance: How far `X-Slack-Request-Timestamp` may be from now, in either direction.
    /// - Throws: ``WebhookError/invalidSecret``.
    public static func slack(secrets: [String], tolerance: Duration = .seconds(300)) throws(WebhookError) -> WebhookVerifier {
        let keys = try SharedKey.keys(ofText: secrets)
        return WebhookVerifier { headers, body, now throws(WebhookError) in
            let (name, timeName) = ("X-Slack-Signature", "X-Slack-Request-Timestamp")
            let time = try SignedTime(try headers.only(timeName), in: timeName, now, tolerance: tolerance)
            let text = try headers.only(name)
            guard text.hasPrefix("v0="), let signature = Data(signature: text.dropFirst(3)) else { throw .malformedField(name) }
            let match = try keys.match([signature], of: Data("v0:\(time.text):".utf8) + body)
            return VerifiedWebhook(id: match.hexadecimal, timestamp: time.date)
        }
    }
}
