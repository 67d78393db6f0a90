import Foundation

extension ReferenceServer {
    /// What a server is to be like.
    public struct Configuration: Sendable {
        /// The clients that may obtain tokens.
        public var clients: [RegisteredClient]
        /// Where to listen on 127.0.0.1; 0 for a port that is free.
        public var port = 0
        /// How long an access token holds, in whole seconds.
        public var accessTokenLifetime = 7200
        /// How long a refresh token holds, in whole seconds.
        public var refreshTokenLifetime = 30 * 86_400
        /// How long an authorization code holds, in whole seconds.
        public var codeLifetime = 60
        /// How often a password is hashed. A server that keeps real passwords
        /// takes several hundred thousand rounds; this one must also be quick
        /// in a debug build.
        public var passwordHashRounds = 2000
        /// The time.
        public var now: @Sendable () -> Date = { Date() }
        /// Is told of every request, after it was answered.
        public var log: @Sendable (LogEntry) -> Void = { _ in }

        /// - Parameter clients: The clients that may obtain tokens.
        public init(clients: [RegisteredClient]) {
            self.clients = clients
        }
    }

    /// A client that the authorization server knows.
    public struct RegisteredClient: Sendable {
        /// What it is called in requests.
        public var id: String
        /// Its secret; `nil` for a public client, which then has to use PKCE
        /// (RFC 7636) instead.
        public var secret: String?
        /// Where users may be sent back to, compared letter by letter. https
        /// only.
        public var redirectURIs: [String]
        /// Whether it may ask users for their password itself (RFC 6749
        /// section 4.3).
        public var isFirstParty: Bool

        public init(id: String, secret: String?, redirectURIs: [String] = [], isFirstParty: Bool = true) {
            self.id = id
            self.secret = secret
            self.redirectURIs = redirectURIs
            self.isFirstParty = isFirstParty
        }
    }

    /// One request and its answer. Nothing in it is secret: no query, no
    /// header, no body.
    public struct LogEntry: Sendable, Hashable {
        /// The method, such as `GET`.
        public let method: String
        /// The path without its query, percent-encoded as it came.
        public let path: String
        /// The status of the answer.
        public let status: Int
        /// How long the answer took.
        public let seconds: Double
    }
}

extension ReferenceServer.RegisteredClient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "RegisteredClient(\(id))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
