import Clients
import ReferenceClient

extension Flow {
    static let referenceAPI = Flow("The client of `Specs/reference.yaml`, to the letter", "—") { server in
        let api = ReferenceAPI.Client(
            server: .init(url: server.url),
            authorization: .oauth2(
                clientID: Registrations.reference.id, clientSecret: Registrations.reference.secret))

        // Signing up needs no token.
        let email = "somebody.\(UInt64.random(in: 0...(.max)))@example.com"
        let newUser = ReferenceAPI.NewUser(email: email, password: Registrations.password)
        let user = try await api.createUser(.init(user: newUser))
        do {
            _ = try await api.createUser(.init(user: newUser))
            throw Unexpected("signing up twice succeeded")
        } catch let error as APIError<ReferenceAPI.ValidationErrors> {
            guard case .documented(let validation, _) = error else { throw error }
            try expect(validation.errors["email"]?.first, "has already been taken", "the validation error")
        }

        try await api.oauth2.signIn(username: email, password: Registrations.password)
        try await use(api, as: user)
        do {
            _ = try await api.getUser(id: user.id + 1_000_000)
            throw Unexpected("a user who does not exist was found")
        } catch let error as any AnyAPIError where error.status == .notFound {}
        try await api.oauth2.session.refreshToken()
        try await use(api, as: user)
        try await api.oauth2.signOut()
        do {
            _ = try await api.listCountries()
            throw Unexpected("a request succeeded after the sign-out")
        } catch ReferenceAPI.Client.Errors.ListCountries.authorization(.signInRequired) {}

        let request = try api.oauth2.authorizationRequest(redirectURI: Registrations.redirectURIOfReference)
        let redirect = try await FormBrowser(username: email)
            .redirect(from: request.url, to: Registrations.redirectURIOfReference)
        try await api.oauth2.signIn(redirectedTo: redirect, for: request)
        try await use(api, as: user)
    }

    private static func use(_ api: ReferenceAPI.Client, as user: ReferenceAPI.User) async throws {
        try expect(try await api.listCountries().countries.map(\.code), ["AF", "AX", "ZW"], "the countries")
        let found = try await api.getUser(id: user.id)
        try expect(found.email, user.email, "the user")
        try expect(found.createdAt, user.createdAt, "when the user was created")
    }
}
