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
        context.set(.product, product)
        context.set(.options, options(module.calls))
        return context
    }

    /// The API's title and version as a product of a `User-Agent` field (RFC 9110
    /// section 10.1.5), in quotation marks; empty where there is no title.
    private var product: String {
        let title = token(module.title, longest: 40)
        let version = token(module.version, longest: 20)
        return title.isEmpty ? "" : quoted(version.isEmpty ? title : "\(title)/\(version)")
    }

    /// The text with what a token cannot hold left out.
    private func token(_ text: String, longest: Int) -> String {
        let words = text.unicodeScalars.split { scalar in
            !(scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || ".+_".unicodeScalars.contains(scalar)))
        }
        let joined = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-")
        return String(joined.prefix(longest))
    }

    /// What the configuration says of calls, as statements behind `core.options.`.
    private func options(_ calls: CallDefaults) -> [String] {
        var lines: [String] = []
        if let deadline = calls.deadline { lines.append("deadline = .milliseconds(\(deadline))") }
        if let timeout = calls.attemptTimeout { lines.append("attemptTimeout = .milliseconds(\(timeout))") }
        if let retries = calls.maximumRetries { lines.append("retries.maximumRetries = \(retries)") }
        if let longest = calls.longestRetryAfter { lines.append("retries.longestRetryAfter = .milliseconds(\(longest))") }
        if let field = calls.idempotencyKeyHeader { lines.append("idempotencyKeyHeader = .init(\(quoted(field)))") }
        if let userAgent = calls.userAgent { lines.append("userAgent = \(quoted(userAgent))") }
        lines += calls.headerFields.map { "headerFields[.init(\(quoted($0.name)))!] = \(quoted($0.value))" }
        if !calls.credentialOrigins.isEmpty {
            lines.append("credentialOrigins = [\(calls.credentialOrigins.map(quoted).joined(separator: ", "))]")
        }
        return lines
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
            context.set(.hasClientKey, oauth.registration == .key)
            context.set(.hasClientSecret, oauth.registration == .secretIfAny || oauth.registration == .secret)
            context.set(.isClientSecretNeeded, oauth.registration == .secret)
            // A token that is bound to a key is of no use without it.
            context.set(.isTokenEnough, oauth.isTokenEnough)
            context.set(.hasPublishedKeys, oauth.hasPublishedKeys)
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
        for flow in SchemeDeclaration.Flow.allCases { context.set(flow.key, oauth.flows.contains(flow)) }
        context.set(.isDiscovered, oauth.isDiscovered)
        context.set(.hasPushedRequest, oauth.hasPushedRequest)
        context.set(.hasRedirect, oauth.flows.contains(.authorizationCode) || oauth.flows.contains(.implicit))
        context.set(.hasUserInfo, oauth.hasUserInfo)
        context.set(.hasEndOfSession, oauth.hasEndOfSession)
        context.set(.hasPublishedKeys, oauth.hasPublishedKeys)
        context.set(.hasScopes, !oauth.scopes.isEmpty)
        context.set(.scopeList, oauth.scopes.isEmpty ? "[]" : "scopes.map(\\.rawValue)")
        context.set(.scopes, oauth.scopes.map { scope in
            var entry = TemplateContext()
            document(&entry, scope.documentation)
            entry.set(.name, Identifier.escaped(scope.name))
            entry.set(.literal, quoted(scope.value))
            return entry
        })
        let arguments = [SchemeDeclaration.Argument(label: "name", value: .text(scheme.key))] + oauth.arguments
        context.set(.properties, arguments.enumerated().map { index, argument in
            var entry = TemplateContext()
            entry.set(.name, argument.label)
            entry.set(.literal, literal(argument.value))
            entry.set(.comma, index == arguments.count - 1 ? "" : ",")
            return entry
        })
        return context
    }

    private func literal(_ value: SchemeDeclaration.ArgumentValue) -> String {
        switch value {
        case .text(let text): quoted(text)
        case .texts(let texts): "[\(texts.map(quoted).joined(separator: ", "))]"
        case .dictionary(let entries): "[\(entries.map { "\(quoted($0.key)): \(quoted($0.value))" }.joined(separator: ", "))]"
        case .enumCase(let name): "." + name
        }
    }
}

extension SchemeDeclaration.Flow {
    /// What a template asks for it by.
    fileprivate var key: TemplateKey {
        switch self {
        case .authorizationCode: .hasAuthorizationCode
        case .password: .hasPassword
        case .clientCredentials: .hasClientCredentials
        case .deviceAuthorization: .hasDeviceAuthorization
        case .implicit: .hasImplicit
        }
    }
}
