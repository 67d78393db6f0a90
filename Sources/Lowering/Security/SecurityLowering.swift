import Declarations
import OpenAPI
import Source
import TextScanning

/// Turns security schemes into typed credentials and sign-in methods.
struct SecurityLowering {
    let document: Document
    let diagnostics: Diagnostics

    func lower() -> SecurityDeclaration {
        reportUndefinedSchemes()
        // What the client's initializer has names for already.
        var names = NameScope(
            reserved: ["none", "credentials", "core", "init", "server", "authorization", "transport", "middleware", "context"])
        let claimed = names.claim(document.securitySchemes.map(\.name), as: SwiftName.member, orElseWith: "Scheme")
        let schemes = zip(document.securitySchemes, claimed).map { scheme, name in
            var lines = Documentation.lines(scheme.description)
            if lines.isEmpty { lines = ["The security scheme `\(Documentation.firstParagraph(scheme.name).replacing("`", with: "'"))`."] }
            return SchemeDeclaration(
                name: name, typeName: SwiftName.type(Words(scheme.name)), key: scheme.name,
                documentation: lines, kind: kind(scheme))
        }
        return SecurityDeclaration(schemes: schemes, requirement: document.security.map(SecurityUse.list))
    }

    private func kind(_ scheme: SecurityScheme) -> SchemeDeclaration.Kind {
        switch scheme.kind {
        case .basic: return .basic
        case .bearer: return .bearer
        case .apiKey(let place, let name): return .apiKey(location: place.rawValue, name: name)
        case .oauth2(let oauth): return .oauth2(OAuthLowering(scheme: oauth).lower())
        case .openIDConnect(let url, let extensions):
            return .oauth2(OAuthLowering(discoveryURL: url, extensions: extensions, scopes: uses(of: scheme.name)).lower())
        case .mutualTLS: return .mutualTLS
        case .http(let name):
            diagnostics.warn(
                .unsupportedAuthentication,
                "there is no credential for the HTTP authentication scheme `\(name)`; give the client one of your own",
                at: scheme.location)
            return .custom
        case .unknown: return .custom
        }
    }

    /// What the requirements want of a scheme, each once.
    private func uses(of scheme: String) -> [String] {
        var seen: Set<String> = []
        return requirements.flatMap(\.schemes).filter { $0.name == scheme }.flatMap(\.scopes)
            .filter { seen.insert($0).inserted }
    }

    private var requirements: [SecurityRequirement] {
        document.security + document.operations.flatMap { $0.security ?? [] }
    }

    /// A requirement that names no scheme of the description can be met with a
    /// credential that the user files under that name, which is seldom what
    /// was meant.
    private func reportUndefinedSchemes() {
        let defined = Set(document.securitySchemes.map(\.name))
        var reported: Set<String> = []
        func report(_ requirements: [SecurityRequirement], at location: SourceLocation?) {
            for scheme in requirements.flatMap(\.schemes)
            where !defined.contains(scheme.name) && reported.insert(scheme.name).inserted {
                diagnostics.warn(
                    .undefinedSecurityScheme,
                    "the security scheme `\(scheme.name)` is required and not defined; give the client a credential of your own under that name",
                    at: location)
            }
        }
        report(document.security, at: nil)
        for operation in document.operations { report(operation.security ?? [], at: operation.location) }
    }
}

extension SecurityDeclaration {
    /// The names that the types of OAuth schemes wish for, in the order of the alphabet.
    var oauthTypeNames: [String] {
        oauthSchemes.map { schemes[$0].typeName }
    }

    /// Gives the types of OAuth schemes their names, in the same order.
    mutating func nameOAuthTypes(_ names: [String]) {
        for (index, name) in zip(oauthSchemes, names) { schemes[index].typeName = name }
    }

    private var oauthSchemes: [Int] {
        schemes.indices.filter { if case .oauth2 = schemes[$0].kind { true } else { false } }
            .sorted { schemes[$0].name < schemes[$1].name }
    }
}
