import OpenAPI
import SpecSource

/// Turns security schemes into typed credentials and sign-in methods.
struct SecurityLowering {
    let document: Document
    let diagnostics: Diagnostics

    func lower() -> SecurityDeclaration {
        var names = NameScope(reserved: ["none", "credentials", "core", "init"])
        let schemes = document.securitySchemes.map { scheme in
            let name = names.claim(SwiftName.member(scheme.name))
            return SchemeDeclaration(
                name: name, typeName: SwiftName.type(Words(scheme.name)), key: scheme.name,
                documentation: Documentation.lines(scheme.description), kind: kind(scheme))
        }
        return SecurityDeclaration(schemes: schemes, requirement: document.security.map(SecurityUse.list))
    }

    private func kind(_ scheme: SecurityScheme) -> SchemeDeclaration.Kind {
        switch scheme.kind {
        case .basic: .basic
        case .bearer, .openIDConnect: .bearer
        case .apiKey(let place, let name): .apiKey(place: place.rawValue, name: name)
        case .oauth2(let oauth): .oauth2(lower(oauth))
        case .http, .mutualTLS, .unknown: .custom
        }
    }

    private func lower(_ scheme: SecurityScheme.OAuth2) -> SchemeDeclaration.OAuth2 {
        let flows = scheme.flows
        let extensions = scheme.extensions
        func has(_ kind: SecurityScheme.Flow.Kind) -> Bool { flows.contains { $0.kind == kind } }
        var names = NameScope(reserved: ["init", "rawValue", "self"])
        var seen: Set<String> = []
        let scopes = flows.flatMap(\.scopes).filter { seen.insert($0.name).inserted }.map { scope in
            SchemeDeclaration.Scope(
                name: names.claim(SwiftName.enumCase(scope.name)), value: scope.name,
                documentation: Documentation.lines(scope.description))
        }
        return SchemeDeclaration.OAuth2(
            authorizationURL: flows.lazy.compactMap(\.authorizationURL).first,
            tokenURL: flows.lazy.compactMap(\.tokenURL).first,
            refreshURL: flows.lazy.compactMap(\.refreshURL).first,
            deviceAuthorizationURL: flows.lazy.compactMap(\.deviceAuthorizationURL).first
                ?? extensions.deviceAuthorizationURL,
            revocationURL: extensions.revocationURL, introspectionURL: extensions.introspectionURL,
            pushedAuthorizationRequestURL: extensions.pushedAuthorizationRequestURL,
            issuer: extensions.issuer, resources: extensions.resources,
            tokenRequest: extensions.tokenRequest, grantTypeIn: extensions.grantTypeIn,
            clientAuthentication: extensions.clientAuthentication,
            assertionAudience: extensions.assertionAudience, dpop: extensions.dpop, pkce: extensions.pkce,
            redirectURISchemes: extensions.redirectURISchemes, scopeSeparator: extensions.scopeSeparator,
            extraParameters: extensions.extraParameters,
            hasAuthorizationCode: has(.authorizationCode), hasPassword: has(.password),
            hasClientCredentials: has(.clientCredentials),
            hasDeviceAuthorization: has(.deviceAuthorization) || extensions.deviceAuthorizationURL != nil,
            hasImplicit: has(.implicit), scopes: scopes)
    }
}
