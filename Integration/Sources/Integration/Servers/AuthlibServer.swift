import Clients

extension Server {
    /// A Flask application on Authlib's grants.
    static func authlib(_ url: String) -> Server {
        Server(
            name: "authlib", title: "Authlib", url: url,
            scheme: AuthlibAPI.Client().oauth2.session.scheme, scopes: ["openid", "profile"], issuer: url,
            whoAmI: { credential, transport in
                var authorization = AuthlibAPI.Authorization.none
                authorization.credentials["oauth2"] = credential
                let client = AuthlibAPI.Client(
                    server: .init(url: url), authorization: authorization, transport: transport)
                let answer = try await client.whoAmI()
                return Identity(username: answer.username, client: answer.client)
            },
            absent: [
                .referenceAPI: anotherAPI, .jsonRequests: formsOnly,
                .pushedRequest: notOffered, .tokenExchange: notOffered, .resource: notOffered,
                .possession: notOffered,
                .refreshedIDToken: noIDTokenAtRefresh, .endOfSession: notOffered,
            ])
    }
}
