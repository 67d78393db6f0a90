import Declarations
import Templating

extension ContextBuilder {
    /// What the client's template is rendered with.
    func client() -> TemplateContext {
        var context = base(in: .namespace)
        document(&context, module.description.isEmpty ? [module.title.isEmpty ? "The API." : module.title] : module.description)
        let schemes = module.security.schemes
        let oauth = schemes.filter { if case .oauth2 = $0.kind { true } else { false } }
        context.set(.hasSchemes, !schemes.isEmpty)
        context.set(.hasOAuth, !oauth.isEmpty)
        context.set(.oauthSchemes, oauth.map(self.oauth))
        context.set(.schemes, schemes.map(scheme))
        context.set(.security, module.security.requirement.isEmpty ? "" : requirements(module.security.requirement))
        context.set(.defaultServer, defaultServer(module.servers, initializer: "Server()") ?? "")
        var server = TemplateContext()
        document(&server, ["Where the API is."])
        fill(&server, module.servers, typeName: "Server", canBeRelative: false)
        context.set(.server, [server])
        context.set(.groups, module.groups.map(group))
        context.set(.readsTolerantly, module.readsTolerantly)
        return context
    }

    private func group(_ group: OperationGroup) -> TemplateContext {
        var context = TemplateContext()
        document(&context, group.documentation)
        context.set(.name, Identifier.escaped(group.name))
        context.set(.typeName, Identifier.escaped(group.typeName))
        return context
    }

    // MARK: - Security schemes

    private func scheme(_ scheme: SchemeDeclaration) -> TemplateContext {
        var context = common(scheme)
        context.set(.isBasic, false)
        switch scheme.kind {
        case .basic: context = common(scheme, .isBasic)
        case .bearer: context = common(scheme, .isBearer)
        case .apiKey(let place, let name):
            context = common(scheme, .isAPIKey)
            context.set(.place, place)
            context.set(.parameterName, quoted(name))
        case .oauth2(let oauth):
            context = common(scheme, .isOAuth)
            context.set(.hasClientKey, oauth.clientAuthentication == "private_key_jwt")
            context.set(
                .hasClientSecret,
                !["private_key_jwt", "none"].contains(oauth.clientAuthentication) && !oauth.hasPublicClientsOnly)
            // A token that is bound to a key is of no use without it.
            context.set(.isTokenEnough, oauth.dpop != "required")
            context.set(.isClientSecretNeeded, oauth.clientAuthentication == "client_secret_jwt")
        case .mutualTLS: context = common(scheme, .isMutualTLS)
        case .custom: context = common(scheme, .isCustom)
        }
        return context
    }

    private func common(_ scheme: SchemeDeclaration, _ kind: TemplateKey? = nil) -> TemplateContext {
        var context = TemplateContext()
        document(&context, scheme.documentation)
        context.set(.name, Identifier.escaped(scheme.name))
        context.set(.typeName, scheme.typeName)
        context.set(.storage, scheme.name + "Registration")
        context.set(.key, quoted(scheme.key))
        if let kind { context.set(kind, true) }
        return context
    }

    private func oauth(_ scheme: SchemeDeclaration) -> TemplateContext {
        var context = common(scheme)
        guard case .oauth2(let oauth) = scheme.kind else { return context }
        context.set(.hasPassword, oauth.hasPassword)
        context.set(.isDiscovered, oauth.discoveryURL != nil)
        context.set(.hasAuthorizationCode, oauth.hasAuthorizationCode)
        context.set(.hasPushedRequest, oauth.hasAuthorizationCode && oauth.pushedAuthorizationRequestURL != nil)
        context.set(.hasImplicit, oauth.hasImplicit)
        context.set(.hasRedirect, oauth.hasAuthorizationCode || oauth.hasImplicit)
        context.set(.hasClientCredentials, oauth.hasClientCredentials)
        context.set(.hasDeviceAuthorization, oauth.hasDeviceAuthorization)
        context.set(.hasScopes, !oauth.scopes.isEmpty)
        context.set(.scopeList, oauth.scopes.isEmpty ? "[]" : "scopes.map(\\.rawValue)")
        context.set(.scopes, oauth.scopes.map { scope in
            var entry = TemplateContext()
            document(&entry, scope.documentation)
            entry.set(.name, Identifier.escaped(scope.name))
            entry.set(.literal, quoted(scope.value))
            return entry
        })
        let arguments = arguments(scheme, oauth)
        context.set(.properties, arguments.enumerated().map { index, argument in
            var entry = TemplateContext()
            entry.set(.name, argument.name)
            entry.set(.literal, argument.value)
            entry.set(.comma, index == arguments.count - 1 ? "" : ",")
            return entry
        })
        return context
    }

    /// The cases whose names in Swift are not those of OpenID Connect.
    private static let clientAuthentications = ["private_key_jwt": "privateKeyJWT", "client_secret_jwt": "clientSecretJWT"]

    private func arguments(_ scheme: SchemeDeclaration, _ oauth: SchemeDeclaration.OAuth2) -> [(name: String, value: String)] {
        var result = [(name: "name", value: quoted(scheme.key))]
        func add(_ name: String, _ value: String?) {
            if let value { result.append((name, value)) }
        }
        func add(_ name: String, _ urls: [SchemeDeclaration.GrantURL]) {
            if urls.isEmpty { return }
            add(name, "[\(urls.map { "\(quoted($0.grantType)): \(quoted($0.url))" }.joined(separator: ", "))]")
        }
        add("discoveryURL", oauth.discoveryURL.map(quoted))
        add("authorizationURL", oauth.authorizationURL.map(quoted))
        add("implicitAuthorizationURL", oauth.implicitAuthorizationURL.map(quoted))
        add("tokenURL", oauth.tokenURL.map(quoted))
        add("tokenURLs", oauth.tokenURLs)
        add("refreshURL", oauth.refreshURL.map(quoted))
        add("refreshURLs", oauth.refreshURLs)
        add("deviceAuthorizationURL", oauth.deviceAuthorizationURL.map(quoted))
        add("pushedAuthorizationRequestURL", oauth.pushedAuthorizationRequestURL.map(quoted))
        add("revocationURL", oauth.revocationURL.map(quoted))
        add("introspectionURL", oauth.introspectionURL.map(quoted))
        add("tokenRequest", oauth.tokenRequest.map { "." + $0 })
        add("grantTypeIn", oauth.grantTypeIn.map { "." + $0 })
        add("clientAuthentication", oauth.clientAuthentication.map { "." + (Self.clientAuthentications[$0] ?? $0) })
        add("assertionAudience", oauth.assertionAudience.map(quoted))
        add("dpop", oauth.dpop.map { "." + $0 })
        add("pkce", oauth.pkce.map { "." + $0 })
        if !oauth.redirectURISchemes.isEmpty {
            add("redirectURISchemes", "[\(oauth.redirectURISchemes.map(quoted).joined(separator: ", "))]")
        }
        add("scopeSeparator", oauth.scopeSeparator.map(quoted))
        if !oauth.extraParameters.isEmpty {
            let entries = oauth.extraParameters.map { "\(quoted($0.name)): \(quoted($0.value))" }
            add("extraParameters", "[\(entries.joined(separator: ", "))]")
        }
        add("issuer", oauth.issuer.map(quoted))
        if !oauth.resources.isEmpty {
            add("resources", "[\(oauth.resources.map(quoted).joined(separator: ", "))]")
        }
        return result
    }
}
