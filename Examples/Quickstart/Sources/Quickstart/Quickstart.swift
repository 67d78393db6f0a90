import Foundation
import ReferenceClient
import ReferenceServer

/// Starts the reference server on this machine and uses it as an app would.
@main
struct Quickstart {
    static func main() async {
        do {
            try await run()
            print("Everything held.")
        } catch {
            print("✗ \(error)")
            exit(1)
        }
    }

    static let redirectURI = "https://app.example/signed-in"

    static func run() async throws {
        let clock = MovableClock()
        var configuration = ReferenceServer.Configuration(clients: [
            .init(id: "quickstart", secret: "not a secret here", redirectURIs: [redirectURI])
        ])
        configuration.now = { clock.now }
        let server = try await ReferenceServer.start(configuration)
        print("The reference server listens on \(server.url).")

        let api = ReferenceAPI.Client(
            server: .init(url: server.url),
            authorization: .oauth2(clientID: "quickstart", clientSecret: "not a secret here")
        )
        let email = "mia@example.com"
        let password: Secret = "correct horse battery staple"

        // Signing up needs no token.
        let newUser = ReferenceAPI.NewUser(email: email, password: password)
        let user = try await api.createUser(.init(user: newUser))
        print("✓ signed up user \(user.id)")

        try await api.oauth2.signIn(username: email, password: password)
        print("✓ signed in with the password")

        let countries = try await api.listCountries().countries
        try check(countries.count == 249 && countries.contains { $0.code == "AX" }, "listed \(countries.count) countries")

        let (me, response) = try await api.withResponse { try await $0.getUser(id: user.id) }
        try check(me.email == email && response.status == .ok, "read user \(me.id), who has \(me.goldToSend) gold to send")

        // Two hours later ten requests at once find the token expired.
        clock.advance(seconds: 7_201)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { _ = try await api.getUser(id: user.id) } }
            try await group.waitForAll()
        }
        try check(server.counters.refreshes == 1, "the token expired; 10 requests at once refreshed it exactly once")

        try await api.oauth2.signOut()
        do {
            _ = try await api.listCountries()
            try check(false, "signed out")
        } catch APIError<Void>.authorization(.signInRequired) {
            print("✓ signed out: the next request asks to sign in")
        }

        // The authorization code flow, with this program in the browser's role.
        let request = try api.oauth2.authorizationRequest(redirectURI: redirectURI)
        let redirect = try await Browser().signIn(at: request.url, username: email, password: password.exposed)
        try await api.oauth2.signIn(redirectedTo: redirect, for: request)
        let again = try await api.getUser(id: user.id)
        try check(again.id == user.id, "signed in through the login form, with a code and a proof key")

        // Errors of the description are types.
        var reason: String?
        do {
            _ = try await api.createUser(.init(user: newUser))
        } catch {
            guard case .documented(let validation, _) = error else { throw error }
            reason = validation.errors["email"]?.first
        }
        try check(reason == "has already been taken", "signing up again: 422, the email \(reason ?? "is accepted")")

        try await api.oauth2.signOut()
        await server.stop()
    }

    /// Why the demonstration failed.
    struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }

    static func check(_ holds: Bool, _ what: String) throws {
        guard holds else { throw Unexpected(description: "not so: \(what)") }
        print("✓ \(what)")
    }
}
