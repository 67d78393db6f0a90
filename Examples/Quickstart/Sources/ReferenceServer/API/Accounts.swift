import Crypto
import Foundation

/// The users and their passwords.
actor Accounts {
    /// A user as the API shows it.
    struct User: Encodable, Sendable {
        let id: Int
        var name: String?
        var nickname: String?
        let email: String
        let createdAt: Date
        var updatedAt: Date
        var role = "default"
        var goldToSend = 100
        var goldReceived = 0

        private enum CodingKeys: String, CodingKey {
            case id, name, nickname, email, createdAt, updatedAt, role, goldToSend, goldReceived
        }

        /// `null` is written out: the members are required.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(name, forKey: .name)
            try container.encode(nickname, forKey: .nickname)
            try container.encode(email, forKey: .email)
            try container.encode(createdAt, forKey: .createdAt)
            try container.encode(updatedAt, forKey: .updatedAt)
            try container.encode(role, forKey: .role)
            try container.encode(goldToSend, forKey: .goldToSend)
            try container.encode(goldReceived, forKey: .goldReceived)
        }
    }

    /// What is wrong with the values of a new user, by property.
    struct Invalid: Error {
        var errors: [String: [String]]
    }

    private struct Account {
        var user: User
        let salt: Data
        let digest: Data
    }

    private let hashRounds: Int
    private let now: @Sendable () -> Date
    private var accounts: [Int: Account] = [:]
    private var idsByEmail: [String: Int] = [:]
    private var lastID = 100

    init(hashRounds: Int, now: @escaping @Sendable () -> Date) {
        self.hashRounds = hashRounds
        self.now = now
    }

    func user(id: Int) -> User? { accounts[id]?.user }

    /// The user who signs in with this address and password. It takes as long
    /// for an address that nobody has.
    func user(email: String, password: String) -> User? {
        let account = idsByEmail[email.lowercased()].flatMap { accounts[$0] }
        let digest = hash(password, salt: account?.salt ?? Data(repeating: 0, count: 16))
        guard let account, Self.isEqual(digest, account.digest) else { return nil }
        return account.user
    }

    /// Creates a user.
    func create(email: String, password: String) throws(Invalid) -> User {
        var errors: [String: [String]] = [:]
        if email.isEmpty {
            errors["email"] = ["can't be blank"]
        } else if !Self.isAddress(email) {
            errors["email"] = ["is invalid"]
        } else if idsByEmail[email.lowercased()] != nil {
            errors["email"] = ["has already been taken"]
        }
        if password.isEmpty {
            errors["password"] = ["can't be blank"]
        } else if password.count < 8 {
            errors["password"] = ["is too short (minimum is 8 characters)"]
        }
        guard errors.isEmpty else { throw Invalid(errors: errors) }
        lastID += 1
        let date = now()
        let user = User(id: lastID, email: email, createdAt: date, updatedAt: date)
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        accounts[user.id] = Account(user: user, salt: salt, digest: hash(password, salt: salt))
        idsByEmail[email.lowercased()] = user.id
        return user
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(" ")
    }

    /// One block of PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2).
    private func hash(_ password: String, salt: Data) -> Data {
        let key = SymmetricKey(data: Data(password.utf8))
        var block = Data(HMAC<SHA256>.authenticationCode(for: salt + [0, 0, 0, 1], using: key))
        var result = block
        for _ in 1..<max(1, hashRounds) {
            block = Data(HMAC<SHA256>.authenticationCode(for: block, using: key))
            for index in result.indices { result[index] ^= block[index] }
        }
        return result
    }

    private static func isEqual(_ left: Data, _ right: Data) -> Bool {
        left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
