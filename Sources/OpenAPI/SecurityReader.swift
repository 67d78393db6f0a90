import Source
import SpecSource
import SyntaxTree

/// Reads Security Scheme and Security Requirement Objects.
struct SecurityReader {
    let resolver: ReferenceResolver
    let diagnostics: Diagnostics

    func scheme(named name: String, _ node: Node) -> SecurityScheme? {
        guard let (node, _) = resolver.follow(node) else { return nil }
        let fields = Fields(node, diagnostics)
        return SecurityScheme(
            name: name, description: fields.prose("description"),
            kind: kind(fields), location: node.location)
    }

    /// The alternatives of a `security` list.
    func requirements(_ fields: Fields) -> [SecurityRequirement] {
        fields.list("security").map { alternative in
            SecurityRequirement(
                schemes: alternative.members.map { scheme in
                    SecurityRequirement.Scheme(
                        name: scheme.key,
                        scopes: scheme.value.elements.filter(\.isScalar).map(\.text))
                })
        }
    }

    private func kind(_ fields: Fields) -> SecurityScheme.Kind {
        switch fields.text("type")?.lowercased() {
        case "http":
            switch fields.text("scheme")?.lowercased() {
            case "basic": return .basic
            case "bearer": return .bearer(format: fields.text("bearerFormat"))
            case let scheme?: return .http(scheme: scheme)
            case nil: break
            }
        case "basic":
            return .basic
        case "bearer":
            return .bearer(format: nil)
        case "apikey":
            if let place = fields.text("in").flatMap(Parameter.Place.init(rawValue:)),
                let name = fields.text("name")
            {
                return .apiKey(place: place, name: name)
            }
        case "oauth2":
            return .oauth2(oauth2(fields))
        case "openidconnect":
            if let url = fields.text("openIdConnectUrl") {
                return .openIDConnect(url: url, extensions: extensions(fields))
            }
        case "mutualtls":
            return .mutualTLS
        default:
            break
        }
        diagnostics.warn(
            .unsupportedAuthentication,
            "the security scheme is incomplete; give the client a credential of your own",
            at: fields.node.location)
        return .unknown
    }

    private func oauth2(_ fields: Fields) -> SecurityScheme.OAuth2 {
        var scheme = SecurityScheme.OAuth2()
        if let flow = swaggerFlow(fields) { scheme.flows.append(flow) }
        for (name, node) in fields.entries("flows") {
            guard let kind = SecurityScheme.Flow.Kind(rawValue: name) else {
                diagnostics.warn(.unknownValue, "`\(name)` is not an OAuth flow; ignored", at: node.location)
                continue
            }
            let flow = Fields(node, diagnostics)
            scheme.flows.append(
                SecurityScheme.Flow(
                    kind: kind,
                    authorizationURL: flow.text("authorizationUrl"),
                    tokenURL: flow.text("tokenUrl"),
                    refreshURL: flow.text("refreshUrl"),
                    deviceAuthorizationURL: flow.text("deviceAuthorizationUrl"),
                    scopes: scopes(flow)))
        }
        scheme.metadataURL = fields.text("oauth2MetadataUrl")
        scheme.extensions = extensions(fields)
        return scheme
    }

    /// The one flow that a scheme of Swagger 2.0 has, beside its `type`.
    private func swaggerFlow(_ fields: Fields) -> SecurityScheme.Flow? {
        guard let name = fields.text("flow") else { return nil }
        let kinds: [String: SecurityScheme.Flow.Kind] = [
            "implicit": .implicit, "password": .password, "application": .clientCredentials,
            "accesscode": .authorizationCode,
        ]
        guard let kind = kinds[name.lowercased()] ?? SecurityScheme.Flow.Kind(rawValue: name) else {
            diagnostics.warn(.unknownValue, "`\(name)` is not an OAuth flow; ignored", at: fields.node["flow"]?.location)
            return nil
        }
        return SecurityScheme.Flow(
            kind: kind, authorizationURL: fields.text("authorizationUrl"), tokenURL: fields.text("tokenUrl"),
            refreshURL: nil, deviceAuthorizationURL: nil, scopes: scopes(fields))
    }

    private func scopes(_ flow: Fields) -> [(name: String, description: String)] {
        if let list = flow.node["scopes"], list.kind == .sequence {
            return flow.texts("scopes").map { ($0, "") }
        }
        return flow.members("scopes").map { ($0.key, $0.value.isScalar ? $0.value.text : "") }
    }

    /// What `x-apus-oauth` says.
    private func extensions(_ scheme: Fields) -> OAuthExtensions {
        guard let node = scheme.node["x-apus-oauth"] else { return OAuthExtensions() }
        return OAuthExtensions(node) { diagnostics.warn(.invalidOAuthSetting, "\($0); ignored", at: $1) }
    }
}

extension Document {
    /// The names of the schemes that have tokens.
    public var oauthSchemeNames: [String] {
        securitySchemes.filter {
            switch $0.kind {
            case .oauth2, .openIDConnect: true
            default: false
            }
        }.map(\.name)
    }

    /// Takes over what the user says of the OAuth schemes of a description that
    /// they may not edit.
    ///
    /// - Parameter extensions: By the name of the scheme.
    /// - Returns: The name of one that is not an OAuth scheme.
    public func extendSecuritySchemes(_ extensions: [String: OAuthExtensions]) -> String? {
        for (name, own) in extensions.sorted(by: { $0.key < $1.key }) {
            guard let index = securitySchemes.firstIndex(where: { $0.name == name }) else { return name }
            switch securitySchemes[index].kind {
            case .oauth2(var scheme):
                scheme.extensions.override(with: own)
                securitySchemes[index].kind = .oauth2(scheme)
            case .openIDConnect(let url, var extensions):
                extensions.override(with: own)
                securitySchemes[index].kind = .openIDConnect(url: url, extensions: extensions)
            default: return name
            }
        }
        return nil
    }
}
