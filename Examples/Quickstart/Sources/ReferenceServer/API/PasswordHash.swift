import Crypto
import Foundation

/// What is kept of a password: a salt, and PBKDF2 with HMAC-SHA-256 of both (RFC 8018 section 5.2).
struct PasswordHash: Sendable {
    private let salt: Data
    private let rounds: Int
    private let digest: Data

    /// Hashes a password with a fresh salt.
    init(of password: String, rounds: Int) {
        salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        self.rounds = rounds
        digest = Self.derive(password, salt: salt, rounds: rounds)
    }

    /// Whether this is the password that was hashed. Compared in constant time.
    func matches(_ password: String) -> Bool {
        let other = Self.derive(password, salt: salt, rounds: rounds)
        return zip(digest, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The first 32 bytes of the derived key: one block.
    static func derive(_ password: String, salt: Data, rounds: Int) -> Data {
        let key = SymmetricKey(data: Data(password.utf8))
        var block = Data(HMAC<SHA256>.authenticationCode(for: salt + [0, 0, 0, 1], using: key))
        var result = block
        for _ in 1..<max(1, rounds) {
            block = Data(HMAC<SHA256>.authenticationCode(for: block, using: key))
            for index in result.indices { result[index] ^= block[index] }
        }
        return result
    }
}
