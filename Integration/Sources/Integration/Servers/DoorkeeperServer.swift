import Clients

extension Server {
    /// Doorkeeper on Rails, with doorkeeper-openid_connect.
    static func doorkeeper(_ url: String) -> Server {
        Server(
            name: "doorkeeper", title: "Doorkeeper", url: url,
            scheme: DoorkeeperAPI.Client().oauth2.session.scheme, scopes: ["openid", "profile"], issuer: url,
            whoAmI: { credential, transport in
                var authorization = DoorkeeperAPI.Authorization.none
                authorization.credentials["oauth2"] = credential
                let client = DoorkeeperAPI.Client(
                    server: .init(url: url), authorization: authorization, transport: transport)
                let answer = try await client.whoAmI()
                return Identity(username: answer.username, client: answer.client)
            },
            absent: [
                .awkwardSecret: encodedBasicNotRead,
                .pushedRequest: notOffered, .privateKeyJWT: notOffered, .device: notOffered, .jwtBearer: notOffered,
                .tokenExchange: notOffered, .issuer: notOffered, .resource: notOffered, .possession: notOffered,
                .metadataURL: notOffered, .endOfSession: notOffered,
            ])
    }
}
