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
        context.set(.hasSecurity, !module.security.requirement.isEmpty)
        context.set(.security, requirements(module.security.requirement))
        context.set(.defaultServer, defaultServer(module.servers, initializer: "Server()") ?? "")
        var server = TemplateContext()
        document(&server, ["A server of the API."])
        fill(&server, module.servers, typeName: "Server", canBeRelative: false)
        context.set(.server, [server])
        context.set(.groups, module.groups.map(group))
        context.set(.readsTolerantly, module.readsTolerantly)
        context.set(.product, product)
        setOptions(&context, module.calls)
        context.set(.hasWebhooks, module.webhooks.map(webhooks))
        return context
    }

    /// The API's title and version as a product of a `User-Agent` field (RFC 9110
    /// section 10.1.5), in quotation marks.
    private var product: String {
        let title = token(module.title, longest: 40)
        let version = token(module.version, longest: 20)
        return quoted((title.isEmpty ? "API" : title) + (version.isEmpty ? "" : "/" + version))
    }

    /// The text with what a token cannot hold left out.
    private func token(_ text: String, longest: Int) -> String {
        let words = text.unicodeScalars.split { scalar in
            !(scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || ".+_".unicodeScalars.contains(scalar)))
        }
        let joined = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-")
        return String(joined.prefix(longest))
    }

    /// What the configuration says of calls.
    private func setOptions(_ context: inout TemplateContext, _ calls: CallDefaults) {
        func text(_ number: Int?) -> String { number.map(String.init) ?? "" }
        context.set(.deadline, text(calls.deadline))
        context.set(.attemptTimeout, text(calls.attemptTimeout))
        context.set(.maximumRetries, text(calls.maximumRetries))
        context.set(.longestRetryAfter, text(calls.longestRetryAfter))
        context.set(.idempotencyKeyHeader, calls.idempotencyKeyHeader.map(quoted) ?? "")
        context.set(.userAgent, calls.userAgent.map(quoted) ?? "")
        context.set(.headerFields, calls.headerFields.map { entry($0.name, $0.value) })
        context.set(.hasOrigins, !calls.credentialOrigins.isEmpty)
        context.set(.origins, calls.credentialOrigins.map(quoted))
    }

    /// A name and its value, in quotation marks.
    func entry(_ name: String, _ value: String) -> TemplateContext {
        var entry = TemplateContext()
        entry.set(.key, quoted(name))
        entry.set(.value, quoted(value))
        return entry
    }

    private func group(_ group: OperationGroup) -> TemplateContext {
        var context = TemplateContext()
        document(&context, group.documentation)
        context.set(.name, Identifier.escaped(group.name))
        context.set(.typeName, Identifier.escaped(group.typeName))
        return context
    }

    private func webhooks(_ events: WebhookEvents) -> TemplateContext {
        var context = base(in: .extension(of: [events.typeName]))
        context.set(.typeName, events.typeName)
        context.set(.webhooks, events.kinds.map { kind in
            var entry = TemplateContext()
            entry.set(.literal, quoted(kind.key))
            entry.set(.caseName, Identifier.escaped(kind.name))
            entry.set(.hasHeaders, !kind.fields.isEmpty)
            entry.set(.headers, kind.fields.map(mark))
            entry.set(.hasMembers, !kind.members.isEmpty)
            entry.set(.members, kind.members.map(mark))
            entry.set(.hasRequired, !kind.required.isEmpty)
            entry.set(.required, kind.required.map(quoted))
            return entry
        })
        return context
    }

    private func mark(_ mark: WebhookDeclaration.Mark) -> TemplateContext {
        var context = TemplateContext()
        context.set(.key, quoted(mark.name))
        context.set(.values, mark.values.map(quoted))
        return context
    }

    // MARK: - Security schemes

    private func scheme(_ scheme: SchemeDeclaration) -> TemplateContext {
        switch scheme.kind {
        case .basic: return common(scheme, .isBasic)
        case .bearer: return common(scheme, .isBearer)
        case .apiKey(let place, let name):
            var context = common(scheme, .isAPIKey)
            context.set(.place, place)
            context.set(.parameterName, quoted(name))
            return context
        case .oauth2(let oauth):
            var context = common(scheme, .isOAuth)
            context.set(.hasClientKey, oauth.registration == .key)
            context.set(.hasClientSecret, oauth.registration == .secretIfAny || oauth.registration == .secret)
            context.set(.isClientSecretNeeded, oauth.registration == .secret)
            // A token that is bound to a key is of no use without it.
            context.set(.isTokenEnough, oauth.isTokenEnough)
            context.set(.hasPublishedKeys, oauth.hasPublishedKeys)
            return context
        case .mutualTLS: return common(scheme, .isMutualTLS)
        case .custom: return common(scheme, .isCustom)
        }
    }

    private func common(_ scheme: SchemeDeclaration, _ kind: Key? = nil) -> TemplateContext {
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
        context.set(.properties, arguments.map { argument in
            var entry = TemplateContext()
            entry.set(.name, argument.label)
            entry.set(.literal, literal(argument.value))
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
    fileprivate var key: Key {
        switch self {
        case .authorizationCode: .hasAuthorizationCode
        case .password: .hasPassword
        case .clientCredentials: .hasClientCredentials
        case .deviceAuthorization: .hasDeviceAuthorization
        case .implicit: .hasImplicit
        }
    }
}
