import Clients

extension Server {
    /// django-oauth-toolkit.
    static func django(_ url: String) -> Server {
        Server(
            name: "django", title: "django-oauth-toolkit", url: url,
            scheme: DjangoAPI.Client().oauth2.session.scheme, scopes: ["openid", "profile"], issuer: url + "/o",
            whoAmI: { credential, transport in
                var authorization = DjangoAPI.Authorization.none
                authorization.credentials["oauth2"] = credential
                let client = DjangoAPI.Client(
                    server: .init(url: url), authorization: authorization, transport: transport)
                let answer = try await client.whoAmI()
                return Identity(username: answer.username, client: answer.client)
            },
            absent: [
                .referenceAPI: anotherAPI, .jsonRequests: formsOnly,
                .grantTypeInQuery: "It refuses token requests that have a query.",
                .pushedRequest: notOffered, .privateKeyJWT: notOffered, .jwtBearer: notOffered,
                .tokenExchange: notOffered, .possession: notOffered,
            ])
    }
}
