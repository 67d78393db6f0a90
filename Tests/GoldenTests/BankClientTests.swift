import ApusOAuth
import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The bank, its identity provider and its authorization servers, in memory.
private typealias Bank = AnsweringTransport

extension AnsweringTransport {
    /// - Parameter answers: JSON by URL; everything else is answered with 204.
    fileprivate convenience init(_ answers: [String: String]) {
        self.init { exchange in
            guard let answer = answers[exchange.url] else { return (HTTPResponse(status: .noContent), .empty) }
            // What the identity provider says of the user. It takes the nonce from the code.
            let claims = #"{"iss":"https://id.bank.example","sub":"mia","aud":"c","iat":1,"exp":99999999999,"nonce":"\#(exchange.form["code"] ?? "")"}"#
            let payload = Data(claims.utf8).base64EncodedString()
                .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
            return (
                HTTPResponse(status: .ok, headerFields: [.contentType: "application/json"]),
                HTTPBody(answer.replacingOccurrences(of: "ID-TOKEN", with: "e30.\(payload).e30"))
            )
        }
    }

    fileprivate var urls: [String] { exchanges.map(\.url) }
    fileprivate var last: Exchange? { exchanges.last }
}

extension AnsweringTransport.Exchange {
    fileprivate var authorization: String? { request.headerFields[.authorization] }
}

/// Whatever has the implicit grant, so that the test need not be deprecated.
private protocol ImplicitGrant {
    func implicitAuthorizationRequest(
        redirectURI: String, scopes: [BankAPI.Customer.Scope]
    ) throws(OAuth2Error) -> AuthorizationRequest
}

extension BankAPI.Customer: ImplicitGrant {}

@Suite("The checked-in client of a description with every security scheme, at work")
struct BankClientTests {
    private let redirect = "https://app.example/cb"

    private func client(_ authorization: BankAPI.Authorization, _ bank: Bank) -> BankAPI.Client {
        BankAPI.Client(authorization: authorization, transport: bank)
    }

    private func token(_ text: String, type: String = "Bearer") -> String {
        #"{"access_token":"\#(text)","token_type":"\#(type)","expires_in":3600,"refresh_token":"R-\#(text)"}"#
    }

    // MARK: Schemes without a sign-in

    @Test("Schemes that are needed together, and alternatives in their order")
    func requirements() async throws {
        let bank = Bank([:])
        let both = client(.basic(username: "u", password: "p").and(.headerKey("K")), bank)
        try await both.openAccount()
        #expect(bank.last?.authorization == "Basic dTpw")
        #expect(bank.last?.request.headerFields[HTTPField.Name("X-Key")!] == "K")
        // One of two that belong together is no credential.
        await #expect(throws: (any Error).self) { try await client(.headerKey("K"), bank).openAccount() }
        #expect(bank.exchanges.count == 1)
        try await client(.headerKey("K").and(.customer(accessToken: "T")), bank).openAccount()
        #expect(bank.last?.authorization == "Bearer T")
        #expect(bank.last?.request.headerFields[HTTPField.Name("X-Key")!] == nil)
    }

    @Test("A key in the query, in a cookie, and none where none is needed")
    func keys() async throws {
        let bank = Bank([:])
        let keyed = client(.queryKey("a b&c"), bank)
        try await keyed.listRates()
        #expect(bank.urls == ["https://bank.example/v1/rates?key=a%20b%26c"])
        try await keyed.listBranches()
        #expect(bank.last?.url == "https://bank.example/v1/branches")
        try await client(.headerKey("K"), bank).listRates()
        #expect(bank.last?.url == "https://bank.example/v1/rates")
        #expect(bank.last?.request.headerFields[HTTPField.Name("X-Key")!] == nil)

        // What the transport proves needs nothing in the request.
        try await client(.certificate.and(.cookieKey("C")), bank).openVault()
        #expect(bank.last?.request.headerFields[.cookie] == "session=C")
        #expect(bank.last?.authorization == nil)
    }

    @Test("Another HTTP scheme is a credential of the user's own")
    func otherSchemes() async throws {
        struct Digest: Credential {
            func authorize(
                _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
            ) async throws(AuthorizationError) {
                request.headerFields[.authorization] = "Digest username=\"u\""
            }
        }
        let bank = Bank([:])
        try await client(.digest(Digest()), bank).listReports()
        #expect(bank.last?.authorization == "Digest username=\"u\"")
        try await client(.bearer("B"), bank).listReports()
        #expect(bank.last?.authorization == "Bearer B")
    }

    // MARK: OAuth 2.0

    @Test("Every flow has a sign-in, goes to its own endpoint, and has its own place to refresh at")
    func flows() async throws {
        let bank = Bank([
            "https://bank.example/oauth/token": token("T"), "https://bank.example/oauth/machines": token("M"),
            "https://bank.example/oauth/device/token": token("D"), "https://bank.example/oauth/refresh": token("F"),
            "https://bank.example/oauth/device/refresh": token("G"),
            "https://bank.example/oauth/device":
                #"{"device_code":"DC","user_code":"UC","verification_uri":"https://bank.example/d","expires_in":600,"interval":1}"#,
        ])
        let api = client(.customer(clientID: "c", clientSecret: "s"), bank)

        try await api.customer.signIn(username: "u", password: "p", scopes: [.accountsRead, .accountsWrite])
        #expect(bank.last?.form["scope"] == "accounts:read accounts:write")
        try await api.listAccounts()
        #expect(bank.last?.authorization == "Bearer T")
        try await api.customer.session.refreshToken()
        #expect(bank.last?.url == "https://bank.example/oauth/refresh" && bank.last?.form["refresh_token"] == "R-T")

        try await api.customer.signInWithClientCredentials(scopes: [.ratesRead])
        #expect(bank.last?.url == "https://bank.example/oauth/machines")

        let code = try api.customer.authorizationRequest(redirectURI: redirect, scopes: [.accountsRead])
        #expect(code.url.hasPrefix("https://id.bank.example/authorize?client_id=c&"))
        try await api.customer.signIn(redirectedTo: "\(redirect)?code=C&state=\(code.state)", for: code)
        #expect(bank.last?.form["grant_type"] == "authorization_code" && bank.last?.form["code"] == "C")

        let device = try await api.customer.deviceAuthorization(scopes: [.accountsRead])
        #expect(bank.last?.url == "https://bank.example/oauth/device" && device.userCode == "UC")
        try await api.customer.signIn(with: device)
        #expect(bank.last?.url == "https://bank.example/oauth/device/token")
        try await api.customer.session.refreshToken()
        #expect(bank.last?.url == "https://bank.example/oauth/device/refresh")

        let implicit: any ImplicitGrant = api.customer
        let request = try implicit.implicitAuthorizationRequest(redirectURI: redirect, scopes: [.accountsRead])
        #expect(request.url.hasPrefix("https://id.bank.example/authorize/implicit?client_id=c&"))
        try await api.customer.signIn(
            redirectedTo: "\(redirect)#access_token=I&token_type=bearer&state=\(request.state)", for: request)
        try await api.listAccounts()
        #expect(bank.last?.authorization == "Bearer I")

        try await api.customer.signOut()
        #expect(bank.last?.url == "https://bank.example/oauth/revoke" && bank.last?.form["token"] == "I")
        await #expect { try await api.listAccounts() } throws: {
            if case APIError<Never>.authorization(.signInRequired("customer")) = $0 { true } else { false }
        }
    }

    @Test("A client with a key, pushed requests and bound tokens")
    func partner() async throws {
        let bank = Bank([
            "https://bank.example/partners/par": #"{"request_uri":"urn:r:1","expires_in":60}"#,
            "https://bank.example/partners/token": token("P", type: "DPoP"),
        ])
        let api = client(.partner(clientID: "c", clientKey: EdDSAKey(keyID: "k")), bank)
        #expect(throws: OAuth2Error.self) { try api.partner.authorizationRequest(redirectURI: "http://127.0.0.1/cb") }
        let request = try await api.partner.pushedAuthorizationRequest(redirectURI: redirect)
        #expect(request.url == "https://bank.example/partners/authorize?client_id=c&request_uri=urn%3Ar%3A1")
        #expect(bank.last?.form["dpop_jkt"]?.count == 43 && bank.last?.form["code_challenge"]?.count == 43)
        try await api.partner.signIn(redirectedTo: "\(redirect)?code=C&state=\(request.state)", for: request)
        #expect(bank.last?.request.headerFields[HTTPField.Name("DPoP")!] != nil)
        let assertions = bank.exchanges.compactMap { $0.form["client_assertion"] }
        #expect(Set(assertions).count == 2)
        try await api.openAccount()
        #expect(bank.last?.authorization == "DPoP P")
        #expect(bank.last?.request.headerFields[HTTPField.Name("DPoP")!] != nil)
    }

    @Test("Several schemes of OAuth 2.0 do not know of each other")
    func severalSchemes() async throws {
        let bank = Bank([
            "https://bank.example/terminals/device":
                #"{"device_code":"DC","user_code":"UC","verification_uri":"https://bank.example/d","expires_in":600,"interval":1}"#,
            "https://bank.example/terminals/token": token("T"), "https://bank.example/robots/token": token("R"),
        ])
        let api = client(.terminal(clientID: "t").and(.robot(clientID: "r", clientSecret: "secret")), bank)
        let device = try await api.terminal.deviceAuthorization(scopes: [.pay])
        try await api.terminal.signIn(with: device)
        #expect(bank.last?.form["client_id"] == "t" && bank.last?.form["client_secret"] == nil)
        try await api.robot.signInWithClientCredentials()
        #expect(bank.last?.form["client_assertion"] != nil && bank.last?.form["client_secret"] == nil)
        try await api.listTerminals()
        #expect(bank.last?.authorization == "Bearer T")
        try await api.listRobots()
        #expect(bank.last?.authorization == "Bearer R")
        await #expect(throws: OAuth2Error.self) { try await api.customer.signInWithClientCredentials() }
    }

    // MARK: OpenID Connect

    private let metadata = #"""
        {"issuer":"https://id.bank.example","authorization_endpoint":"https://id.bank.example/a",
         "token_endpoint":"https://id.bank.example/t","revocation_endpoint":"https://id.bank.example/r",
         "authorization_response_iss_parameter_supported":true,
         "token_endpoint_auth_methods_supported":["client_secret_post"]}
        """#

    @Test("A provider is asked for its endpoints, once")
    func openIDConnect() async throws {
        let discovery = "https://id.bank.example/.well-known/openid-configuration"
        let bank = Bank([discovery: metadata, "https://id.bank.example/t": #"{"access_token":"O","token_type":"bearer","expires_in":3600,"id_token":"ID-TOKEN"}"#])
        let store = MemoryTokenStore()
        let api = client(.login(clientID: "c", clientSecret: "s", store: store), bank)
        let request = try await api.login.authorizationRequest(redirectURI: redirect, scopes: [.profile, .bank])
        #expect(request.url.hasPrefix("https://id.bank.example/a?client_id=c&"))
        #expect(request.url.contains("&scope=openid%20profile%20bank&") && request.url.contains("&nonce="))
        // RFC 9207: this provider always says who it is.
        await #expect {
            try await api.login.signIn(redirectedTo: "\(redirect)?code=C&state=\(request.state)", for: request)
        } throws: {
            if case OAuth2Error.issuerMismatch = $0 { true } else { false }
        }
        let nonce = try #require(request.url.components(separatedBy: "&nonce=").last).prefix { $0 != "&" }
        try await api.login.signIn(
            redirectedTo: "\(redirect)?code=\(nonce)&state=\(request.state)&iss=https%3A%2F%2Fid.bank.example", for: request)
        #expect(bank.last?.url == "https://id.bank.example/t" && bank.last?.form["client_secret"] == "s")
        try await api.showProfile()
        #expect(bank.last?.authorization == "Bearer O")
        #expect(bank.urls.filter { $0 == discovery }.count == 1)

        // The next run needs no provider as long as the token holds.
        let offline = Bank([:])
        let restored = client(.login(clientID: "c", clientSecret: "s", store: store), offline)
        try await restored.showProfile()
        #expect(offline.urls == ["https://bank.example/v1/profile"])
        #expect(offline.last?.authorization == "Bearer O")
    }

    @Test("What a program asks for in one request, who the user is, and the end of it all")
    func forwards() async throws {
        let bank = Bank([
            "https://bank.example/oauth/token": token("T"), "https://bank.example/oauth/userinfo": #"{"sub":"mia"}"#,
        ])
        let api = client(.customer(clientID: "c", clientSecret: "s"), bank)
        let request = try api.customer.authorizationRequest(
            redirectURI: redirect, scopes: [.accountsRead], parameters: .init(prompt: [.login], loginHint: "mia"))
        #expect(request.url.contains("&prompt=login&login_hint=mia"))
        try await api.customer.signIn(redirectedTo: "\(redirect)?code=C&state=\(request.state)", for: request)
        #expect(try await api.customer.validToken().accessToken.exposed == "T")
        #expect(try await api.customer.userInfo() == ["sub": "mia"])
        #expect(bank.last?.authorization == "Bearer T")
        let end = try await api.customer.endSessionURL(redirectURI: redirect, state: "s")
        #expect(end.hasPrefix("https://bank.example/oauth/end?client_id=c&") && end.hasSuffix("&state=s"))
        try await api.customer.signInWithBrowser(scopes: [.accountsWrite]) { url in
            // The user, who agrees at once.
            func value(_ name: String) throws -> String {
                try #require(url.components(separatedBy: "\(name)=").last?.components(separatedBy: "&").first?.removingPercentEncoding)
            }
            #expect(try value("scope") == "accounts:write")
            let back = try #require(URL(string: "\(try value("redirect_uri"))?code=D&state=\(try value("state"))"))
            Task { _ = try? await URLSession.shared.data(from: back) }
        }
        #expect(bank.last?.form["code"] == "D")
        try await api.customer.revokePending()
    }

    @Test("A client that renews no tokens leaves that to another")
    func withoutRenewal() async throws {
        let bank = Bank(["https://bank.example/oauth/token": token("T")])
        let api = client(.customer(clientID: "c", renewsTokens: false), bank)
        try await api.customer.signIn(username: "u", password: "p")
        await #expect { try await api.customer.session.refreshToken() } throws: {
            if case OAuth2Error.renewalNotAllowed = $0 { true } else { false }
        }
        #expect(bank.exchanges.count == 1)
    }

    @Test("The client of an OpenID Connect provider signs in as itself")
    func clientOfAProvider() async throws {
        let bank = Bank([
            "https://id.bank.example/.well-known/openid-configuration": metadata, "https://id.bank.example/t": token("M"),
        ])
        let api = client(.login(clientID: "c", clientSecret: "s"), bank)
        try await api.login.signInWithClientCredentials()
        #expect(bank.last?.form["grant_type"] == "client_credentials")
        try await api.showProfile()
        #expect(bank.last?.authorization == "Bearer M")
    }

    @Test("A program that wants ID tokens to be signed is given none that is not")
    func signedIDTokens() async throws {
        let bank = Bank([
            "https://id.bank.example/.well-known/openid-configuration":
                metadata.replacingOccurrences(of: #""revocation_endpoint""#, with: #""jwks_uri":"https://id.bank.example/k","revocation_endpoint""#),
            "https://id.bank.example/k": #"{"keys":[]}"#,
            "https://id.bank.example/t": #"{"access_token":"O","token_type":"bearer","id_token":"ID-TOKEN"}"#,
        ])
        let api = client(.login(clientID: "c", clientSecret: "s", idTokenAlgorithms: [.es256]), bank)
        let request = try await api.login.authorizationRequest(redirectURI: redirect)
        let nonce = try #require(request.url.components(separatedBy: "&nonce=").last).prefix { $0 != "&" }
        await #expect {
            try await api.login.signIn(
                redirectedTo: "\(redirect)?code=\(nonce)&state=\(request.state)&iss=https%3A%2F%2Fid.bank.example", for: request)
        } throws: {
            if case OAuth2Error.invalidIDToken = $0 { true } else { false }
        }
        #expect(await api.login.session.token == nil)
    }

    @Test("A provider that is away costs an attempt and nothing else")
    func providerThatIsAway() async throws {
        let bank = Bank([:])
        let api = client(.login(clientID: "c"), bank)
        for _ in 0..<2 {
            await #expect(throws: OAuth2Error.self) { _ = try await api.login.authorizationRequest(redirectURI: redirect) }
        }
        #expect(bank.exchanges.count == 2)
    }

    // MARK: What is generated is what is declared

    @Test("No scheme has a way to sign in that it does not declare")
    func nothingElse() throws {
        let text = try String(contentsOf: Generator.goldens.appending(path: "bank/bank.Client.swift"), encoding: .utf8)
        func methods(_ type: String) throws -> [String] {
            let start = try #require(text.range(of: "    public struct \(type): Sendable {"))
            let rest = text[start.upperBound...]
            let body = rest[..<(rest.range(of: "\nextension ")?.lowerBound ?? rest.endIndex)]
            return body.matches(of: /func (\w+)\(\s*(\w*)/).map { "\($0.output.1)(\($0.output.2)" }
        }
        #expect(
            try methods("Customer") == [
                "signIn(username", "authorizationRequest(redirectURI", "signInWithBrowser(path",
                "implicitAuthorizationRequest(redirectURI", "signIn(redirectedTo", "signInWithClientCredentials(scopes",
                "deviceAuthorization(scopes", "signIn(with", "validToken(", "userInfo(", "verifiedClaims(algorithms",
                "endSessionURL(redirectURI", "signOut(", "revokePending(",
            ])
        let always = ["validToken(", "signOut(", "revokePending("]
        #expect(
            try methods("Partner") == [
                "authorizationRequest(redirectURI", "signInWithBrowser(path", "pushedAuthorizationRequest(redirectURI",
                "signIn(redirectedTo",
            ] + always)
        #expect(
            try methods("Login") == [
                "authorizationRequest(redirectURI", "signInWithBrowser(path", "signIn(redirectedTo",
                "signInWithClientCredentials(scopes", "validToken(", "userInfo(", "verifiedClaims(algorithms",
                "endSessionURL(redirectURI", "signOut(", "revokePending(",
            ])
        #expect(try methods("Terminal") == ["deviceAuthorization(scopes", "signIn(with"] + always)
        #expect(try methods("Gadget") == ["implicitAuthorizationRequest(redirectURI", "signIn(redirectedTo"] + always)
        #expect(try methods("Robot") == ["signInWithClientCredentials("] + always)
    }

    @Test("Schemes that are required and not defined, or that nobody knows, are reported")
    func reports() throws {
        let generated = try Generator(
            """
            openapi: 3.1.0
            info: {title: Odd, version: '1'}
            security: [{nowhere: []}]
            paths:
              /a: {get: {security: [{nowhere: []}, {elsewhere: []}], responses: {204: {description: x}}}}
            components:
              securitySchemes:
                hoba: {type: http, scheme: HOBA}
            """)
        let reports = generated.diagnostics.map { "\($0)" }.filter { $0.contains("credential of your own") || $0.contains("one of your own") }
        #expect(reports.count == 3)
        #expect(reports.filter { $0.contains("`nowhere`") }.count == 1)
        #expect(reports.contains { $0.contains("`elsewhere`") } && reports.contains { $0.contains("`hoba`") })
    }
}
