import Foundation
import OpenAPI
import Testing

/// `x-apus-oauth`, and the fields of OAuth schemes that only some versions have.
@Suite("What a description says of an authorization server")
struct OAuthSettingTests {
    private func generated(_ scheme: String, version: String = "3.1.0") throws -> Generator {
        try Generator(
            """
            openapi: \(version)
            info: {title: Odd, version: '1'}
            paths: {}
            components:
              securitySchemes:
                o:
            \(scheme.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n"))
            """)
    }

    private let password = "type: oauth2\nflows: {password: {tokenUrl: /token, scopes: {}}}\n"

    @Test("Each setting reaches the scheme, in the order of its initializer")
    func allSettings() throws {
        let result = try generated(
            password + """
                x-apus-oauth:
                  resources: [https://a.example]
                  issuer: https://i.example
                  extraParameters: {audience: a}
                  grantEndedErrors: [bad_refresh_token]
                  scopeSeparator: ","
                  redirectURI: {schemes: [https]}
                  pkce: required
                  dpop: supported
                  assertionAudience: https://aud.example
                  clientAuthentication: client_secret_jwt
                  grantTypeIn: query
                  tokenRequest: json
                  jwksUrl: /keys
                  endSessionUrl: /end
                  userInfoUrl: /userinfo
                  introspectionUrl: /introspect
                  revocationUrl: /revoke
                  pushedAuthorizationRequestUrl: /par
                  deviceAuthorizationUrl: /device
                """)
        let lines = result.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        let start = try #require(lines.firstIndex(of: "name: \"o\","))
        #expect(
            Array(lines[start...].prefix { $0 != ")" }) == [
                #"name: "o","#, #"tokenURL: "/token","#, #"deviceAuthorizationURL: "/device","#,
                #"pushedAuthorizationRequestURL: "/par","#, #"revocationURL: "/revoke","#,
                #"introspectionURL: "/introspect","#, #"userInfoURL: "/userinfo","#, #"endSessionURL: "/end","#,
                #"jwksURL: "/keys","#, "tokenRequest: .json,", "grantTypeIn: .query,",
                "clientAuthentication: .clientSecretJWT,", #"assertionAudience: "https://aud.example","#,
                "dpop: .supported,", "pkce: .required,", #"redirectURISchemes: ["https"],"#, #"scopeSeparator: ",","#,
                #"grantEndedErrors: ["bad_refresh_token"],"#, #"extraParameters: ["audience": "a"],"#,
                #"issuer: "https://i.example","#, #"resources: ["https://a.example"]"#,
            ])
        #expect(lines[start...].prefix { $0 != ")" }.count == OAuthSetting.all.count + 2)
        #expect(result.diagnostics.isEmpty)
        // What it can do besides.
        #expect(result.text.contains("func userInfo()") && result.text.contains("func endSessionURL("))
        #expect(result.text.contains("func deviceAuthorization("))
    }

    @Test("What cannot be used is reported with its place", arguments: [
        ("tokenRequest: xml", "`tokenRequest` should be one of form, json"), ("revocationURL: /revoke", "`revocationURL` is nothing that can be said"),
        ("issuer: [a]", "`issuer` should be a string"), ("resources: {a: b}", "`resources` should be a list of strings"),
        ("redirectURI: https", "`redirectURI` should be a mapping"), ("extraParameters: [a]", "`extraParameters` should be a mapping"),
    ])
    func problems(setting: String, message: String) throws {
        let result = try generated(password + "x-apus-oauth:\n  \(setting)\n  revocationUrl: /r")
        let warning = try #require(result.diagnostics.map { "\($0)" }.first)
        #expect(result.diagnostics.count == 1)
        #expect(warning.contains(message) && warning.contains(":10:"), "\(warning)")
        #expect(result.text.contains(#"revocationURL: "/r""#))
    }

    @Test("`oauth2MetadataUrl` of OpenAPI 3.2 is where the rest is asked for")
    func metadataURL() throws {
        let url = "https://i.example/.well-known/oauth-authorization-server"
        let text = try generated(
            "type: oauth2\noauth2MetadataUrl: \(url)\nflows: {authorizationCode: {authorizationUrl: /a, tokenUrl: /t, scopes: {}}}",
            version: "3.2.0"
        ).text
        #expect(text.contains("discoveryURL: \"\(url)\""))
        // The flow says where the user is sent, so there is nothing to wait for.
        #expect(!text.contains("session.discover()"))
        #expect(text.contains("func userInfo()"))
        let open = try generated("type: oauth2\noauth2MetadataUrl: \(url)\nflows: {}", version: "3.2.0").text
        #expect(open.contains("session.discover()") && open.contains("func signInWithClientCredentials()"))
    }

    @Test("A client of OpenID Connect can sign in as itself")
    func openIDConnect() throws {
        let text = try generated("type: openIdConnect\nopenIdConnectUrl: https://i.example/.well-known/openid-configuration").text
        #expect(text.contains("func signInWithClientCredentials("))
        #expect(text.contains("func signInWithBrowser(") && text.contains("scopes: [Scope] = []"))
    }
}
