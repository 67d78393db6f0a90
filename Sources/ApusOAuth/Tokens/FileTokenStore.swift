#if canImport(Glibc) || canImport(Musl) || canImport(Darwin) || canImport(Android)
    import Foundation

    #if canImport(CryptoKit)
        import CryptoKit
    #else
        import Crypto
    #endif

    /// Keeps tokens in a file that only its owner can read.
    ///
    /// The file is replaced as a whole, so that a crash leaves the old or the
    /// new one, and is on the disk when ``save(_:for:)`` returns. Several
    /// processes, and several sessions with different keys, may share one
    /// file: beside it lie lock files, whose names begin like its own.
    public struct FileTokenStore: TokenStore {
        private struct Contents: Codable {
            var version = 1
            var tokens: [String: OAuth2Token] = [:]
        }

        private let file: AtomicFile
        private var path: String { file.path }

        /// How long to wait for another process, in seconds.
        private let patience: Double

        /// Creates a store. The file need not exist, its folder must.
        ///
        /// - Parameter url: Where the file is.
        public init(_ url: URL) {
            self.init(url, patience: 60)
        }

        init(_ url: URL, patience: Double) {
            // A link is followed here, else the file would take its place.
            file = AtomicFile(path: url.resolvingSymlinksInPath().path)
            self.patience = patience
        }

        /// - Throws: ``FileTokenStoreError``.
        public func load(_ key: String) async throws -> OAuth2Token? {
            // Needs no lock: the file is only ever replaced as a whole.
            try contents().tokens[key]
        }

        /// - Throws: ``FileTokenStoreError``.
        public func save(_ token: OAuth2Token, for key: String) async throws {
            try await change { $0.tokens[key] = token }
        }

        /// - Throws: ``FileTokenStoreError``.
        public func clear(_ key: String) async throws {
            try await change { $0.tokens[key] = nil }
        }

        public func exclusively<Value: Sendable>(
            _ key: String, _ body: @Sendable () async -> Value
        ) async throws -> Value {
            let name = SHA256.hash(data: Data(key.utf8)).prefix(8).map { byte in
                String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }.joined()
            let lock: FileLock?
            do {
                lock = try await FileLock.acquire("\(path).\(name).lock", patience: patience)
            } catch {
                if error == .busy { throw error }
                // A full disk or a folder that cannot be written in must not
                // end a session.
                lock = nil
            }
            let value = await body()
            withExtendedLifetime(lock) {}
            return value
        }

        private func change(_ body: (inout Contents) -> Void) async throws(FileTokenStoreError) {
            let lock = try await FileLock.acquire("\(path).lock", patience: patience)
            defer { withExtendedLifetime(lock) {} }
            var contents: Contents
            do {
                contents = try self.contents()
            } catch {
                guard error == .corrupted else { throw error }
                try file.setAside(as: path + ".corrupt")
                contents = Contents()
            }
            body(&contents)
            let data: Data
            do {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys]
                data = try encoder.encode(contents)
            } catch {
                // A token whose dates are not finite.
                throw .corrupted
            }
            try file.replace(with: data)
        }

        private func contents() throws(FileTokenStoreError) -> Contents {
            guard let data = try file.read() else { return Contents() }
            guard let contents = try? JSONDecoder().decode(Contents.self, from: data), contents.version == 1 else {
                throw .corrupted
            }
            return contents
        }
    }

    extension TokenStore where Self == FileTokenStore {
        /// A store in a file that only its owner can read.
        ///
        /// - Parameter url: Where the file is. It need not exist, its folder
        ///   must.
        public static func file(_ url: URL) -> FileTokenStore { FileTokenStore(url) }
    }
#endif
