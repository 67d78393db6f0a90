#if canImport(Security)
    import Foundation
    import Security

    /// Keeps tokens in the keychain, an item for each key. They stay on this
    /// device and can be read from its first unlocking on.
    ///
    /// The keychain has no lock and no compare-and-swap of its own. Stores in
    /// one process take turns for each item. Programs that share an access group
    /// need a lock that all of them reach: give ``init(service:accessGroup:lockFolder:)``
    /// the container of their app group.
    public struct KeychainTokenStore: TokenStore {
        /// Names the items of one program.
        public let service: String
        /// The programs that share the items; `nil` for this one alone.
        public let accessGroup: String?
        private let lockFolder: URL?

        /// One for the process: items are the same whichever value asks.
        private static let writing = KeyedLock()
        private static let refreshing = KeyedLock()

        /// Creates a store.
        ///
        /// - Parameters:
        ///   - service: Names the items, for instance the bundle identifier.
        ///   - accessGroup: The keychain access group, for programs that share
        ///     a session.
        ///   - lockFolder: A folder that all of them can write in, such as that
        ///     of `containerURL(forSecurityApplicationGroupIdentifier:)`.
        ///     Without one they do not take turns.
        public init(service: String, accessGroup: String? = nil, lockFolder: URL? = nil) {
            self.service = service
            self.accessGroup = accessGroup
            self.lockFolder = lockFolder
        }

        /// - Throws: ``KeychainTokenStoreError``.
        public func record(for key: String) async throws -> TokenRecord? {
            var query = query(key)
            query[kSecReturnData as String] = true
            query[kSecMatchLimit as String] = kSecMatchLimitOne
            var item: CFTypeRef?
            switch SecItemCopyMatching(query as CFDictionary, &item) {
            case errSecSuccess:
                guard let data = item as? Data, let record = try? TokenRecord(stored: data) else {
                    throw KeychainTokenStoreError.corrupted
                }
                return record
            case errSecItemNotFound: return nil
            case let status: throw KeychainTokenStoreError.system(status)
            }
        }

        /// - Throws: ``KeychainTokenStoreError``.
        public func replace(_ revision: String?, with record: TokenRecord, for key: String) async throws -> Bool {
            try await Self.writing.hold(name(key)) {
                let lock = try await fileLock("write", key)
                defer { withExtendedLifetime(lock) {} }
                do {
                    guard try await self.record(for: key)?.revision == revision else { return false }
                } catch KeychainTokenStoreError.corrupted {
                    // Nobody can have seen a record in it, so it is in nobody's way.
                }
                try write(try record.stored(), for: key)
                return true
            }
        }

        /// Runs `body` in turn with the others in this process and, where there
        /// is a lock folder, in others.
        public func exclusively<Value: Sendable>(
            _ key: String, _ body: @Sendable () async -> Value
        ) async throws -> Value {
            try await Self.refreshing.hold(name(key)) {
                let lock = try await fileLock("refresh", key)
                let value = await body()
                withExtendedLifetime(lock) {}
                return value
            }
        }

        private func fileLock(_ purpose: String, _ key: String) async throws -> FileLock? {
            guard let lockFolder else { return nil }
            let file = lockFolder.appendingPathComponent("\(FileLock.name(of: name(key))).\(purpose).lock")
            return try await FileLock.acquire(file.path, patience: 60)
        }

        private func name(_ key: String) -> String { [service, accessGroup ?? "", key].joined(separator: "\n") }

        private func write(_ data: Data, for key: String) throws {
            let content: [String: Any] = [
                kSecValueData as String: data,
                kSecAttrAccessible as String: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
            ]
            var status = SecItemUpdate(query(key) as CFDictionary, content as CFDictionary)
            if status == errSecItemNotFound {
                status = SecItemAdd(query(key).merging(content) { _, new in new } as CFDictionary, nil)
                // Another program was faster.
                if status == errSecDuplicateItem {
                    status = SecItemUpdate(query(key) as CFDictionary, content as CFDictionary)
                }
            }
            guard status == errSecSuccess else { throw KeychainTokenStoreError.system(status) }
        }

        private func query(_ key: String) -> [String: Any] {
            var query: [String: Any] = [
                kSecClass as String: kSecClassGenericPassword,
                kSecAttrService as String: service,
                kSecAttrAccount as String: key,
                // On macOS the older keychain ignores access groups and asks the
                // user about each new build.
                kSecUseDataProtectionKeychain as String: true,
            ]
            if let accessGroup { query[kSecAttrAccessGroup as String] = accessGroup }
            return query
        }
    }

    /// Why the keychain could not be read or written.
    public enum KeychainTokenStoreError: Error, Sendable, Hashable {
        /// The system refused, with an `OSStatus`.
        case system(Int32)
        /// The item is not one that this store wrote. The next save replaces it.
        case corrupted
    }

    extension TokenStore where Self == KeychainTokenStore {
        /// A store in the keychain.
        public static func keychain(service: String) -> KeychainTokenStore { KeychainTokenStore(service: service) }
    }
#endif
