import ApusRuntime

/// Makes text that a server wrote safe to show.
///
/// Servers do repeat what they were sent: "unknown refresh token abc…".
struct Redaction: Sendable {
    private let secrets: [String]

    init(_ secrets: [Secret]) {
        // Very short secrets are not replaced everywhere: a password "e" would
        // only reveal itself by the letter that is missing.
        self.secrets = secrets.map(\.exposed).filter { $0.utf8.count > 3 }.sorted { $0.count > $1.count }
    }

    /// The text in at most 500 characters, without control characters and
    /// without any of the secrets, be they plain or percent-encoded.
    func clean(_ text: String) -> String {
        var result = text
        for secret in secrets {
            for form in [secret, PercentEncoding.component(secret), PercentEncoding.form(secret)] {
                result = result.replacing(form, with: "<redacted>")
            }
        }
        result.unicodeScalars.removeAll { $0.value < 0x20 || $0.value == 0x7F }
        return String(result.prefix(500))
    }
}
