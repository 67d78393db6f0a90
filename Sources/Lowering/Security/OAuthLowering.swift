import Declarations
import OpenAPI

/// Turns the flows of an OAuth 2.0 scheme, or what is known of an OpenID
/// Connect one, into what is generated for it.
struct OAuthLowering {
    private let discoveryURL: String?
    private let flows: [SecurityScheme.Flow]
    private let extensions: OAuthExtensions
    private let scopes: [(name: String, description: String)]

    init(scheme: SecurityScheme.OAuth2) {
        discoveryURL = nil
        flows = scheme.flows
        extensions = scheme.extensions
        scopes = scheme.flows.flatMap(\.scopes)
    }

    /// - Parameter scopes: What the description's requirements name.
    init(discoveryURL: String, extensions: OAuthExtensions, scopes: [String]) {
        self.discoveryURL = discoveryURL
        self.extensions = extensions
        flows = []
        self.scopes = Self.openIDScopes + scopes.map { ($0, "") }
    }

    func lower() -> SchemeDeclaration.OAuth2 {
        // Where flows differ, the first one's URL is the scheme's.
        let tokenURL = flows.lazy.compactMap(\.tokenURL).first
        let refreshURL = flows.lazy.compactMap(\.refreshURL).first
        let code = flows.first { $0.kind == .authorizationCode }?.authorizationURL
        let implicit = flows.first { $0.kind == .implicit }?.authorizationURL
        var scheme = SchemeDeclaration.OAuth2()
        scheme.discoveryURL = discoveryURL
        scheme.authorizationURL = code ?? implicit
        scheme.implicitAuthorizationURL = code == nil || implicit == code ? nil : implicit
        scheme.tokenURL = tokenURL
        scheme.tokenURLs = others(\.tokenURL, than: tokenURL)
        scheme.refreshURL = refreshURL
        scheme.refreshURLs = others(\.refreshURL, than: refreshURL)
        scheme.hasAuthorizationCode = has(.authorizationCode) || discoveryURL != nil
        scheme.hasPassword = has(.password)
        scheme.hasClientCredentials = has(.clientCredentials)
        scheme.hasImplicit = has(.implicit)
        scheme.hasPublicClientsOnly = !flows.isEmpty && flows.allSatisfy { $0.kind == .implicit }
        scheme.scopes = scopeDeclarations()
        add(extensions, to: &scheme)
        return scheme
    }

    /// What `x-apus-oauth` adds.
    private func add(_ extensions: OAuthExtensions, to scheme: inout SchemeDeclaration.OAuth2) {
        scheme.deviceAuthorizationURL =
            flows.lazy.compactMap(\.deviceAuthorizationURL).first ?? extensions.deviceAuthorizationURL
        scheme.hasDeviceAuthorization = has(.deviceAuthorization) || extensions.deviceAuthorizationURL != nil
        scheme.revocationURL = extensions.revocationURL
        scheme.introspectionURL = extensions.introspectionURL
        scheme.pushedAuthorizationRequestURL = extensions.pushedAuthorizationRequestURL
        scheme.issuer = extensions.issuer
        scheme.resources = extensions.resources
        scheme.tokenRequest = extensions.tokenRequest
        scheme.grantTypeIn = extensions.grantTypeIn
        scheme.clientAuthentication = extensions.clientAuthentication
        scheme.assertionAudience = extensions.assertionAudience
        scheme.dpop = extensions.dpop
        scheme.pkce = extensions.pkce
        scheme.redirectURISchemes = extensions.redirectURISchemes
        scheme.scopeSeparator = extensions.scopeSeparator
        scheme.extraParameters = extensions.extraParameters.map { .init(name: $0.name, value: $0.value) }
    }

    private func has(_ kind: SecurityScheme.Flow.Kind) -> Bool { flows.contains { $0.kind == kind } }

    private func others(
        _ url: KeyPath<SecurityScheme.Flow, String?>, than first: String?
    ) -> [SchemeDeclaration.GrantURL] {
        flows.compactMap { flow in
            guard let grantType = Self.grantTypes[flow.kind], let own = flow[keyPath: url], own != first else { return nil }
            return .init(grantType: grantType, url: own)
        }
    }

    private func scopeDeclarations() -> [SchemeDeclaration.Scope] {
        var names = NameScope(reserved: ["init", "rawValue", "self"])
        var seen: Set<String> = []
        return scopes.filter { seen.insert($0.name).inserted }.map { scope in
            SchemeDeclaration.Scope(
                name: names.claim(SwiftName.enumCase(scope.name)), value: scope.name,
                documentation: Documentation.lines(scope.description))
        }
    }

    /// `grant_type` of the flows that have a token endpoint (RFC 6749, RFC
    /// 8628).
    private static let grantTypes: [SecurityScheme.Flow.Kind: String] = [
        .authorizationCode: "authorization_code", .password: "password", .clientCredentials: "client_credentials",
        .deviceAuthorization: "urn:ietf:params:oauth:grant-type:device_code",
    ]

    /// What every provider knows (OpenID Connect Core sections 3.1.2.1, 5.4
    /// and 11).
    private static let openIDScopes = [
        (name: "openid", description: "Who the user is. It is always asked for."),
        (name: "profile", description: "Name, picture and the like."),
        (name: "email", description: "The email address."),
        (name: "address", description: "The postal address."),
        (name: "phone", description: "The phone number."),
        (name: "offline_access", description: "A refresh token, for use while the user is away."),
    ]
}
