import Foundation
import ReferenceClient

/// The README's example, so that it compiles for as long as it stands there.
func readmeExample(secret: Secret, password: Secret, tokens: URL) async throws {
    // readme
    let api = ReferenceAPI.Client(
        server: .init(host: "api.example.com"),
        authorization: .oauth2(clientID: "my-app", clientSecret: secret, store: .file(tokens))
    )

    try await api.oauth2.signIn(username: "mia@example.com", password: password)

    let countries = try await api.listCountries().countries
    let (user, response) = try await api.withResponse { try await $0.getUser(id: 101) }

    do throws(APIError<ReferenceAPI.ValidationErrors>) {
        _ = try await api.createUser(.init(user: .init(email: "mia@example.com", password: "…")))
    } catch {
        switch error {
        case .documented(let validation, _): print(validation.errors["email"] ?? [])
        case .undocumented(let response): print("status \(response.status.code)")
        case .authorization(.signInRequired): print("sign in first")
        default: print(error)
        }
    }
    // end
    print(countries.count, user.email, response.status)
}
