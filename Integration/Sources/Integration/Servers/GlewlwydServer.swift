import Clients

extension Server {
    /// Glewlwyd with its OpenID Connect plugin. The API behind it is its own
    /// userinfo endpoint.
    static func glewlwyd(_ url: String) -> Server {
        var server = Server(
            name: "glewlwyd", title: "Glewlwyd", url: url,
            scheme: GlewlwydAPI.Client().oauth2.session.scheme, scopes: ["openid", "profile"],
            issuer: url + "/api/oidc",
            whoAmI: { credential, transport in
                var authorization = GlewlwydAPI.Authorization.none
                authorization.credentials["oauth2"] = credential
                let client = GlewlwydAPI.Client(
                    server: .init(url: url), authorization: authorization, transport: transport)
                do {
                    return Identity(username: try await client.userInfo().email)
                } catch let error as GlewlwydAPI.Client.Errors.UserInfo where error.status == .notFound {
                    return Identity()
                }
            },
            absent: [
                .referenceAPI: anotherAPI, .awkwardSecret: encodedBasicNotRead, .jsonRequests: formsOnly,
                .consentRefused: "Its page has no button to refuse.",
                .browser: "It compares redirect URIs with their port, which the receiver gets from the system.",
                .grantTypeInQuery: "It reads the grant in the body only.",
                .jwtBearer: notOffered, .tokenExchange: notOffered,
                .metadataURL: notOffered, .refreshedIDToken: noIDTokenAtRefresh,
                .endOfSession: notOffered,
            ])
        // It has a code of its own, or answers with a status and no body.
        server.saysInvalidGrant = false
        server.signIn = { url, redirectURI in
            try await GlewlwydLogin().redirect(from: url, to: redirectURI)
        }
        server.enterCode = { url, _ in try await GlewlwydLogin().finish(from: url) }
        return server
    }
}
