import Clients

extension Flow {
    static let awkwardSecret = Flow("A secret with a colon and spaces, by HTTP Basic", "RFC 6749 §2.3.1") { server in
        let session = server.session(Registrations.awkward) { $0.clientAuthentication = .basic }
        try await session.signInWithClientCredentials()
        try await server.check(session, isSignedInAs: nil)
    }
}
