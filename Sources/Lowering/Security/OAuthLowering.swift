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
        discoveryURL = scheme.metadataURL
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
        var scheme = SchemeDeclaration.OAuth2()
        scheme.flows = SchemeDeclaration.Flow.allCases.filter(has)
        scheme.registration = registration
        scheme.isTokenEnough = extensions.text(.dpop) != "required"
        scheme.isDiscovered = discoveryURL != nil && authorizationURL == nil
        scheme.hasPushedRequest = has(.authorizationCode) && extensions[.pushedAuthorizationRequestURL] != nil
        scheme.hasUserInfo = discoveryURL != nil || extensions[.userInfoURL] != nil
        scheme.hasEndOfSession = discoveryURL != nil || extensions[.endSessionURL] != nil
        scheme.hasPublishedKeys = discoveryURL != nil || extensions[.jwksURL] != nil
        scheme.scopes = scopeDeclarations()
        scheme.arguments = urls + OAuthSetting.all.compactMap(argument)
        return scheme
    }

    private var registration: SchemeDeclaration.Registration {
        switch extensions.text(.clientAuthentication) {
        case "private_key_jwt": .key
        case "client_secret_jwt": .secret
        case "none": .publicClient
        // No place for a secret.
        default: !flows.isEmpty && flows.allSatisfy { $0.kind == .implicit } ? .publicClient : .secretIfAny
        }
    }

    /// What the flows say. Where they differ, the first one's URL is the scheme's.
    private var urls: [SchemeDeclaration.Argument] {
        let tokenURL = flows.lazy.compactMap(\.tokenURL).first
        let refreshURL = flows.lazy.compactMap(\.refreshURL).first
        return [
            argument("discoveryURL", discoveryURL),
            argument("authorizationURL", authorizationURL),
            argument("implicitAuthorizationURL", flow(.implicit)?.authorizationURL, unless: authorizationURL),
            argument("tokenURL", tokenURL),
            argument("tokenURLs", others(\.tokenURL, than: tokenURL)),
            argument("refreshURL", refreshURL),
            argument("refreshURLs", others(\.refreshURL, than: refreshURL)),
        ].compactMap { $0 }
    }

    private var authorizationURL: String? {
        flow(.authorizationCode)?.authorizationURL ?? flow(.implicit)?.authorizationURL
    }

    private func argument(_ label: String, _ url: String?, unless other: String? = nil) -> SchemeDeclaration.Argument? {
        url == other ? nil : url.map { .init(label: label, value: .text($0)) }
    }

    private func argument(_ label: String, _ entries: [SchemeDeclaration.Entry]) -> SchemeDeclaration.Argument? {
        entries.isEmpty ? nil : .init(label: label, value: .dictionary(entries))
    }

    /// What `x-apus-oauth` says, and the one of its settings that OpenAPI 3.2 has a
    /// field for.
    private func argument(_ setting: OAuthSetting) -> SchemeDeclaration.Argument? {
        var value = extensions[setting]
        if setting == .deviceAuthorizationURL {
            value = flows.lazy.compactMap(\.deviceAuthorizationURL).first.map { .text($0) } ?? value
        }
        let label = Self.label(setting)
        switch value {
        case .text(let text)?: return .init(label: label, value: .text(text))
        case .texts(let texts)?: return texts.isEmpty ? nil : .init(label: label, value: .texts(texts))
        case .parameters(let parameters)?:
            return argument(label, parameters.map { .init(key: $0.name, value: $0.value) })
        case .word(let word)?: return .init(label: label, value: .enumCase(Self.caseName(word)))
        case nil: return nil
        }
    }

    /// `revocationUrl` is Swift's `revocationURL`.
    private static func label(_ setting: OAuthSetting) -> String {
        if setting.kind == .schemes { return setting.key + "Schemes" }
        return setting.key.hasSuffix("Url") ? setting.key.dropLast(3) + "URL" : setting.key
    }

    /// `private_key_jwt` is Swift's `privateKeyJWT`.
    private static func caseName(_ word: String) -> String {
        let parts = word.split(separator: "_")
        return parts.dropFirst().reduce(into: String(parts[0])) { name, part in
            name += part == "jwt" ? "JWT" : part.capitalized
        }
    }

    private func has(_ flow: SchemeDeclaration.Flow) -> Bool {
        switch flow {
        case .authorizationCode: self.flow(.authorizationCode) != nil || isOpen
        case .password: self.flow(.password) != nil
        case .clientCredentials: self.flow(.clientCredentials) != nil || isOpen
        case .deviceAuthorization:
            self.flow(.deviceAuthorization) != nil || extensions[.deviceAuthorizationURL] != nil
        case .implicit: self.flow(.implicit) != nil
        }
    }

    /// Whether the description leaves the flows to the server's metadata.
    private var isOpen: Bool { discoveryURL != nil && flows.isEmpty }

    private func flow(_ kind: SecurityScheme.Flow.Kind) -> SecurityScheme.Flow? { flows.first { $0.kind == kind } }

    private func others(
        _ url: KeyPath<SecurityScheme.Flow, String?>, than first: String?
    ) -> [SchemeDeclaration.Entry] {
        flows.compactMap { flow in
            guard let grantType = Self.grantTypes[flow.kind], let own = flow[keyPath: url], own != first else { return nil }
            return .init(key: grantType, value: own)
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
