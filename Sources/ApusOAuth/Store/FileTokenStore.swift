#if canImport(Glibc) || canImport(Musl) || canImport(Darwin) || canImport(Android)
    import Foundation

    /// Keeps tokens in a file that only its owner can read.
    ///
    /// The file is replaced as a whole, so that a crash leaves the old or the
    /// new one, and is on the disk when ``replace(_:with:for:)`` returns. Several
    /// processes, and several sessions with different keys, may share one
    /// file: beside it lie lock files, whose names begin like its own.
    ///
    /// A file that belongs to another user is refused. An entry that cannot be
    /// read does not void its neighbors.
    public struct FileTokenStore: TokenStore {
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
        public func record(for key: String) async throws -> TokenRecord? {
            // Needs no lock: the file is only ever replaced as a whole.
            switch try contents().entry(for: key) {
            case .absent: return nil
            case .record(let record): return record
            case .broken: throw FileTokenStoreError.corrupted
            }
        }

        /// - Throws: ``FileTokenStoreError``.
        public func replace(_ revision: String?, with record: TokenRecord, for key: String) async throws -> Bool {
            let lock = try await FileLock.acquire("\(path).lock", patience: patience)
            defer { withExtendedLifetime(lock) {} }
            file.removeLeftovers()
            var contents: TokenFile
            do {
                contents = try self.contents()
                switch contents.entry(for: key) {
                case .absent: guard revision == nil else { return false }
                case .record(let found): guard found.revision == revision else { return false }
                // Nobody can have seen a record in it, so it is in nobody's way.
                case .broken: try file.copyAside()
                }
            } catch FileTokenStoreError.corrupted {
                try file.setAside()
                contents = TokenFile()
            }
            try contents.set(record, for: key)
            try file.replace(with: try contents.data())
            return true
        }

        public func exclusively<Value: Sendable>(
            _ key: String, _ body: @Sendable () async -> Value
        ) async throws -> Value {
            let name = FileLock.name(of: key)
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

        private func contents() throws(FileTokenStoreError) -> TokenFile {
            guard let data = try file.read() else { return TokenFile() }
            return try TokenFile(data)
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
