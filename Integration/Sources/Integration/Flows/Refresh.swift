import Clients
import Foundation

extension Flow {
    static let refresh = Flow("Refresh, ten requests at once", "RFC 6749 §6") { server in
        let first = try await refreshable(at: server)
        var expired = first
        expired.expiresAt = Date(timeIntervalSinceNow: -1)
        let transport = RecordingTransport()
        let store = PresetStore(expired)
        let session = server.session(store: store, transport: transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { try await server.check(session) } }
            try await group.waitForAll()
        }
        try expect(await transport.tokenRequests(of: server.scheme).count, 1, "token requests")
        let kept = await store.token
        try expect(kept?.accessToken != first.accessToken, "the store has the new access token")
    }

    /// A token that can be refreshed.
    static func refreshable(at server: Server) async throws -> OAuth2Token {
        let session = server.session()
        try await signIn(session, at: server)
        guard let token = await session.token, token.refreshToken != nil else {
            throw Unexpected("no refresh token")
        }
        return token
    }
}
