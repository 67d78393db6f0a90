import Foundation
import HTTPTypes

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

/// A key of HMAC-SHA256 (RFC 2104). The schemes have no other.
struct SharedKey: Sendable {
    private let key: SymmetricKey

    init(_ bytes: Data) {
        key = SymmetricKey(data: bytes)
    }

    /// The secrets of a scheme that takes their text for the key.
    static func keys(ofText secrets: [String]) throws(WebhookError) -> [SharedKey] {
        guard !secrets.isEmpty, secrets.allSatisfy({ !$0.isEmpty }) else { throw .invalidSecret }
        return secrets.map { SharedKey(Data($0.utf8)) }
    }

    fileprivate func isCode(_ code: Data, of message: Data) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: key)
    }
}

extension [SharedKey] {
    /// The first of some signatures that one of the keys made. All of them are looked at,
    /// so that the time does not tell which key fits.
    func match(_ signatures: [Data], of message: Data) throws(WebhookError) -> Data {
        var found: Data?
        for signature in signatures {
            for key in self where key.isCode(signature, of: message) { found = found ?? signature }
        }
        guard let found else { throw .wrongSignature }
        return found
    }
}

extension HTTPFields {
    /// The most signatures that are looked at: a sender has as many as it has secrets.
    static var mostSignatures: Int { 32 }

    /// The only value of a field.
    func only(_ name: String) throws(WebhookError) -> String {
        guard let field = HTTPField.Name(name) else { throw .missingField(name) }
        let values = self[values: field]
        guard let first = values.first else { throw .missingField(name) }
        guard values.count == 1, !first.isEmpty else { throw .malformedField(name) }
        return first
    }
}

/// Seconds since 1970 in decimal digits.
struct SignedTime {
    let text: String
    let date: Date

    /// - Parameter tolerance: How far it may be from now, in either direction.
    init(_ text: String, in field: String, _ now: Date, tolerance: Duration) throws(WebhookError) {
        guard !text.isEmpty, text.utf8.count <= 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(text)
        else { throw .malformedField(field) }
        self.text = text
        date = Date(timeIntervalSince1970: Double(seconds))
        let components = tolerance.components
        let most = Double(components.seconds) + Double(components.attoseconds) * 1e-18
        guard abs(now.timeIntervalSince(date)) <= most else { throw .outsideTolerance }
    }
}

extension Data {
    /// Two hexadecimal digits for each byte, as SHA-256 has it.
    init?(signature text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes = Data(capacity: 32)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self = bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }

    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
