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
        let password: PasswordHash
    }

    private let hashRounds: Int
    /// Compared with where there is no account.
    private let nobody: PasswordHash
    private let now: @Sendable () -> Date
    private var accounts: [Int: Account] = [:]
    private var idsByEmail: [String: Int] = [:]
    private var lastID = 100

    init(hashRounds: Int, now: @escaping @Sendable () -> Date) {
        self.hashRounds = hashRounds
        nobody = PasswordHash(of: RandomText.fresh(), rounds: hashRounds)
        self.now = now
    }

    func user(id: Int) -> User? { accounts[id]?.user }

    /// The user who signs in with this address and password. It takes as long
    /// for an address that nobody has.
    func user(email: String, password: String) -> User? {
        let account = idsByEmail[email.lowercased()].flatMap { accounts[$0] }
        guard (account?.password ?? nobody).matches(password) else { return nil }
        return account?.user
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
        } else if password.utf8.count > 1024 {
            errors["password"] = ["is too long (maximum is 1024 bytes)"]
        }
        guard errors.isEmpty else { throw Invalid(errors: errors) }
        lastID += 1
        let date = now()
        let user = User(id: lastID, email: email, createdAt: date, updatedAt: date)
        accounts[user.id] = Account(user: user, password: PasswordHash(of: password, rounds: hashRounds))
        idsByEmail[email.lowercased()] = user.id
        return user
    }

    /// What can be told without sending a message to it: something, an at sign, a domain with a dot inside.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, text.utf8.count <= 254 else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && labels.allSatisfy { !$0.isEmpty }
            && !text.unicodeScalars.contains { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
    }
}
