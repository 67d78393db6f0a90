import Foundation

/// Text that nobody can guess: states and code verifiers.
enum RandomText {
    /// 256 bits from the system's generator as 43 base64url characters, which
    /// is what RFC 7636 section 4.1 recommends for a verifier.
    static func fresh() -> String {
        var generator = SystemRandomNumberGenerator()
        var bytes = Data(capacity: 32)
        for _ in 0..<4 {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
        }
        return Base64URL.encode(bytes)
    }
}
