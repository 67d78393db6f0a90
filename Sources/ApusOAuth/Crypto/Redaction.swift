import ApusRuntime
import Foundation

/// Makes text that a server wrote safe to show.
///
/// Servers do repeat what they were sent: "unknown refresh token abc…".
struct Redaction: Sendable {
    /// In lower case, in UTF-8, the longest first.
    private let forms: [[UInt8]]

    init(_ secrets: [Secret]) {
        // Very short secrets are not replaced everywhere: a password "e" would
        // only reveal itself by the letter that is missing.
        forms = secrets.map(\.exposed).filter { $0.utf8.count > 3 }
            .flatMap { secret in
                let base64 = Data(secret.utf8).base64EncodedString().prefix { $0 != "=" }
                return [secret, Self.visible(secret), PercentEncoding.component(secret), PercentEncoding.form(secret), String(base64)]
            }
            .map { $0.utf8.map(Self.lowercased) }
            .filter { $0.count > 3 }
            .sorted { $0.count > $1.count }
    }

    /// The text in at most 500 characters, without control and formatting
    /// characters and without any of the secrets, be they plain, percent-encoded
    /// or in base64, in upper or lower case.
    func clean(_ text: String) -> String {
        // First of all, or such a character within a secret would hide it.
        // Bytes, as a combining mark after a secret is one Character with its end.
        var bytes = Array(Self.visible(text).utf8)
        for form in forms { bytes = Self.replacing(form, in: bytes) }
        return String(String(decoding: bytes, as: UTF8.self).prefix(500))
    }

    private static func visible(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !isInvisible($0) }))
    }

    /// Controls, among them terminals' escapes, marks of direction, joiners and separators of lines.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func replacing(_ form: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes.count - index >= form.count,
                form.indices.allSatisfy({ lowercased(bytes[index + $0]) == form[$0] })
            {
                result += "<redacted>".utf8
                index += form.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
