import ApusOAuth
import Crypto
import Foundation

/// Encrypts records before they leave the process (AES-256-GCM), so that the
/// database, its backups and its replicas hold no token in clear.
struct RecordCipher: Sendable {
    private let key: SymmetricKey

    init(_ key: SymmetricKey) {
        self.key = key
    }

    /// - Parameters:
    ///   - user, name: Where the record is kept. It can be opened there only, so
    ///     that nobody who can write the table gives one user another's token.
    func seal(_ record: TokenRecord, user: String, name: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(try record.stored(), using: key, authenticating: place(user, name))
        // The nonce has its usual length, so there always is one.
        guard let bytes = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return Array(bytes)
    }

    func open(_ bytes: [UInt8], user: String, name: String) throws -> TokenRecord {
        let box = try AES.GCM.SealedBox(combined: bytes)
        return try TokenRecord(stored: try AES.GCM.open(box, using: key, authenticating: place(user, name)))
    }

    private func place(_ user: String, _ name: String) -> Data {
        Data("\(user.utf8.count) \(user) \(name)".utf8)
    }
}
