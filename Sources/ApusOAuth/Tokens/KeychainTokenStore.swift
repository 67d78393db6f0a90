#if canImport(Security)
    import Foundation
    import Security

    /// Keeps tokens in the keychain, an item for each key. They stay on this
    /// device and can be read from its first unlocking on.
    public struct KeychainTokenStore: TokenStore {
        /// Names the items of one program.
        public let service: String
        /// The programs that share the items; `nil` for this one alone.
        public let accessGroup: String?

        /// Creates a store.
        ///
        /// - Parameters:
        ///   - service: Names the items, for instance the bundle identifier.
        ///   - accessGroup: The keychain access group, for programs that share
        ///     a session. They do not refresh in turn: the keychain has no lock.
        public init(service: String, accessGroup: String? = nil) {
            self.service = service
            self.accessGroup = accessGroup
        }

        /// - Throws: ``KeychainTokenStoreError``.
        public func load(_ key: String) async throws -> OAuth2Token? {
            var query = query(key)
            query[kSecReturnData as String] = true
            query[kSecMatchLimit as String] = kSecMatchLimitOne
            var item: CFTypeRef?
            switch SecItemCopyMatching(query as CFDictionary, &item) {
            case errSecSuccess:
                guard let data = item as? Data, let token = try? JSONDecoder().decode(OAuth2Token.self, from: data) else {
                    throw KeychainTokenStoreError.corrupted
                }
                return token
            case errSecItemNotFound: return nil
            case let status: throw KeychainTokenStoreError.system(status)
            }
        }

        /// - Throws: ``KeychainTokenStoreError``.
        public func save(_ token: OAuth2Token, for key: String) async throws {
            let content: [String: Any] = [
                kSecValueData as String: try JSONEncoder().encode(token),
                kSecAttrAccessible as String: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
            ]
            var status = SecItemUpdate(query(key) as CFDictionary, content as CFDictionary)
            if status == errSecItemNotFound {
                status = SecItemAdd(query(key).merging(content) { _, new in new } as CFDictionary, nil)
            }
            guard status == errSecSuccess else { throw KeychainTokenStoreError.system(status) }
        }

        /// - Throws: ``KeychainTokenStoreError``.
        public func clear(_ key: String) async throws {
            let status = SecItemDelete(query(key) as CFDictionary)
            guard status == errSecSuccess || status == errSecItemNotFound else {
                throw KeychainTokenStoreError.system(status)
            }
        }

        private func query(_ key: String) -> [String: Any] {
            var query: [String: Any] = [
                kSecClass as String: kSecClassGenericPassword,
                kSecAttrService as String: service,
                kSecAttrAccount as String: key,
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
