import Hummingbird

/// `GET /api/v1/countries`.
struct CountriesEndpoint: Sendable {
    let authentication: BearerAuthentication

    func add(to router: Router<BasicRequestContext>) {
        router.get("/api/v1/countries") { request, _ in
            try await authentication.answer(to: request) { _ in
                try .json(Body(countries: Country.all))
            }
        }
    }

    private struct Body: Encodable {
        let countries: [Country]
    }
}
