import Foundation
import HTTPTypes

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

extension WebhookVerifier {
    /// Standard Webhooks (version 1.0.0 of the specification): `webhook-id`, `webhook-timestamp` and
    /// `webhook-signature`, over `id.timestamp.body`.
    ///
    /// - Parameters:
    ///   - secrets: `whsec_` and base64; several while one takes the place of another.
    ///     A public key (`whpk_` and base64) is for Ed25519 signatures (`v1a`).
    ///   - tolerance: How far the time in a request may be from now, in either direction.
    ///   - prefix: What the fields' names begin with, such as `svix`.
    /// - Throws: ``WebhookError/invalidSecret``.
    public static func standard(
        secrets: [String], tolerance: Duration = .seconds(300), prefix: String = "webhook"
    ) throws(WebhookError) -> WebhookVerifier {
        let keys = try StandardKeys(secrets)
        return WebhookVerifier { headers, body, now throws(WebhookError) in
            let id = try headers.only(prefix + "-id")
            let time = try SignedTime(try headers.only(prefix + "-timestamp"), in: prefix + "-timestamp", now, tolerance: tolerance)
            let signatures = try headers.only(prefix + "-signature")
            try keys.check(signatures, in: prefix + "-signature", of: Data("\(id).\(time.text).".utf8) + body)
            return VerifiedWebhook(id: id, timestamp: time.date)
        }
    }
}

/// The keys of one sender.
private struct StandardKeys: Sendable {
    private var shared: [SharedKey] = []
    private var verifying: [Data] = []

    init(_ secrets: [String]) throws(WebhookError) {
        for secret in secrets {
            let isPublic = secret.hasPrefix("whpk_")
            let text = isPublic ? secret.dropFirst(5) : secret.hasPrefix("whsec_") ? secret.dropFirst(6) : secret[...]
            guard let bytes = Data(base64Encoded: String(text)), !bytes.isEmpty else { throw .invalidSecret }
            if isPublic {
                guard (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else { throw .invalidSecret }
                verifying.append(bytes)
            } else {
                shared.append(SharedKey(bytes))
            }
        }
        guard !secrets.isEmpty else { throw .invalidSecret }
    }

    /// - Parameter text: Signatures between spaces, each with its version. Those of versions
    ///   that are not known are for other receivers.
    func check(_ text: String, in field: String, of message: Data) throws(WebhookError) {
        let entries = text.split(separator: " ")
        guard entries.count <= HTTPFields.mostSignatures else { throw .malformedField(field) }
        var codes: [Data] = []
        var isRight = false
        for entry in entries {
            let parts = entry.split(separator: ",", maxSplits: 1)
            guard parts.count == 2 else { throw .malformedField(field) }
            guard let bytes = Data(base64Encoded: String(parts[1])) else { continue }
            if parts[0] == "v1" { codes.append(bytes) }
            guard parts[0] == "v1a" else { continue }
            for key in verifying {
                let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key)
                if key?.isValidSignature(bytes, for: message) == true { isRight = true }
            }
        }
        if isRight { return }
        _ = try shared.match(codes, of: message)
    }
}
