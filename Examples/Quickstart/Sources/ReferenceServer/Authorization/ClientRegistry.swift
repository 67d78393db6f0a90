import Crypto
import Foundation

/// The clients, with their secrets as digests.
struct ClientRegistry: Sendable {
    /// A client that is known.
    struct Client: Sendable {
        let id: String
        let secretDigest: SHA256.Digest?
        let redirectURIs: [String]
        let isFirstParty: Bool

        /// Whether it has no secret.
        var isPublic: Bool { secretDigest == nil }
    }

    private let clients: [String: Client]

    init(_ registered: [ReferenceServer.RegisteredClient]) throws(ReferenceServer.StartError) {
        var clients: [String: Client] = [:]
        for client in registered {
            for uri in client.redirectURIs where !uri.hasPrefix("https://") || uri.contains("#") {
                throw .redirectURINotHTTPS(uri)
            }
            guard clients[client.id] == nil else { throw .duplicateClient(id: client.id) }
            clients[client.id] = Client(
                id: client.id, secretDigest: client.secret.map { SHA256.hash(data: Data($0.utf8)) },
                redirectURIs: client.redirectURIs, isFirstParty: client.isFirstParty
            )
        }
        self.clients = clients
    }

    subscript(id: String) -> Client? { clients[id] }

    /// The client that has this id and secret. Digests are compared in
    /// constant time.
    func authenticated(id: String, secret: String?) -> Client? {
        guard let client = clients[id] else { return nil }
        switch (client.secretDigest, secret) {
        case (nil, nil): return client
        case (let digest?, let secret?): return digest == SHA256.hash(data: Data(secret.utf8)) ? client : nil
        default: return nil
        }
    }
}
