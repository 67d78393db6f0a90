import Clients
import Foundation

extension Flow {
    static let rotation = Flow("Rotation; a used refresh token is refused", "RFC 9700 §4.14") { server in
        let first = try await refreshable(at: server)
        let session = server.session(store: PresetStore(first))
        try await session.refreshToken()
        let second = await session.token
        try expect(second?.refreshToken != first.refreshToken, "the refresh token was replaced")
        try await server.check(session)

        let store = PresetStore(first)
        let late = server.session(store: store)
        try await expectFailure("a used refresh token") {
            try await late.refreshToken()
        } as: {
            server.refusesGrant($0)
        }
        let left = await store.token
        if server.saysInvalidGrant {
            try expect(left == nil, "the store is empty")
        } else {
            // Nothing says that the grant is gone, so nothing is given up.
            try expect(left == first, "the store has what it had")
        }
    }
}
