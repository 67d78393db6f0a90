// Written by Scripts/embed-templates from Templates/. Do not edit.

enum EmbeddedTemplates {
    static let all: [String: String] = [
        "alias": #"""
{{> documentation}}
{{access}}typealias {{name}} = {{type}}

"""#,
        "authorization": #"""

    /// What requests are authorised with: a credential for one or more of the
    /// API's security schemes.
    {{access}}struct Authorization: {{Sendable}} {
        /// Credentials by the name of their security scheme.
        {{access}}var credentials: [{{String}}: any {{Credential}}] = [:]
{{#oauthSchemes}}
        var {{storage}}: {{OAuth2Registration}}?
{{/oauthSchemes}}

        /// Nothing; for operations that need none.
        {{access}}static var none: Authorization { Authorization() }

        /// This and another.
        {{access}}func and(_ other: Authorization) -> Authorization {
            var result = self
            result.credentials.merge(other.credentials) { _, new in new }
{{#oauthSchemes}}
            result.{{storage}} = other.{{storage}} ?? {{storage}}
{{/oauthSchemes}}
            return result
        }
{{#schemes}}

        {{> documentation}}
{{#isBasic}}
        {{access}}static func {{name}}(username: {{String}}, password: {{Secret}}) -> Authorization {
            Authorization(credentials: [{{key}}: {{BasicCredential}}(username: username, password: password)])
        }
{{/isBasic}}
{{#isBearer}}
        {{access}}static func {{name}}(_ token: {{Secret}}) -> Authorization {
            Authorization(credentials: [{{key}}: {{BearerToken}}(token)])
        }
{{/isBearer}}
{{#isAPIKey}}
        {{access}}static func {{name}}(_ key: {{Secret}}) -> Authorization {
            Authorization(credentials: [{{key}}: {{APIKey}}(key, in: .{{place}}, name: {{parameterName}})])
        }
{{/isAPIKey}}
{{#isMutualTLS}}
        ///
        /// It says that the transport presents the client's certificate.
        {{access}}static var {{name}}: Authorization {
            Authorization(credentials: [{{key}}: {{TransportCredential}}()])
        }
{{/isMutualTLS}}
{{#isCustom}}
        {{access}}static func {{name}}(_ credential: any {{Credential}}) -> Authorization {
            Authorization(credentials: [{{key}}: credential])
        }
{{/isCustom}}
{{#isOAuth}}
        ///
        /// - Parameters:
        ///   - clientID: What the authorization server knows the client as.
{{#hasClientSecret}}
        ///   - clientSecret: The client's secret{{^isClientSecretNeeded}}, where it has one{{/isClientSecretNeeded}}.
{{/hasClientSecret}}
{{#hasClientKey}}
        ///   - clientKey: What the client signs with to say who it is.
{{/hasClientKey}}
        ///   - store: Where tokens are kept.
        {{access}}static func {{name}}(
            clientID: {{String}},
{{#hasClientSecret}}
            clientSecret: {{Secret}}{{^isClientSecretNeeded}}? = nil{{/isClientSecretNeeded}},
{{/hasClientSecret}}
{{#hasClientKey}}
            clientKey: any {{SigningKey}},
{{/hasClientKey}}
            store: any {{TokenStore}} = .memory
        ) -> Authorization {
            var result = Authorization()
            result.{{storage}} = {{OAuth2Registration}}(
                client: {{OAuth2Client}}(id: clientID{{#hasClientSecret}}, secret: clientSecret{{/hasClientSecret}}{{#hasClientKey}}, key: clientKey{{/hasClientKey}}),
                store: store
            )
            return result
        }
{{#isTokenEnough}}

        /// A token that was issued elsewhere. It is not refreshed.
        {{access}}static func {{name}}(accessToken: {{Secret}}) -> Authorization {
            Authorization(credentials: [{{key}}: {{BearerToken}}(accessToken)])
        }
{{/isTokenEnough}}
{{/isOAuth}}
{{/schemes}}
    }

"""#,
        "choice": #"""
{{#isOne}}
self = .{{caseName}}(value.read())
{{/isOne}}
{{#discriminator}}
switch value.text(at: {{key}}) {
{{#values}}
case {{literal}}: self = .{{caseName}}(value.read())
{{/values}}
default:
    {{> otherwise}}
}
{{/discriminator}}
{{#properties}}
{{#isFirst}}
if value.has({{key}}) {
{{/isFirst}}
{{^isFirst}}
} else if value.has({{key}}) {
{{/isFirst}}
    self = .{{caseName}}(value.read())
{{/properties}}
{{#hasProperties}}
} else {
    {{> otherwise}}
}
{{/hasProperties}}
{{#isBestMatch}}
{{> otherwise}}
{{/isBestMatch}}

"""#,
        "client": #"""
{{#documentation}}
///{{.}}
{{/documentation}}
{{access}}enum {{namespace}} {
    /// The client: one method for each operation of the API.
    {{access}}struct Client: {{APIClient}} {
        {{access}}var core: {{ClientCore}}
{{#oauthSchemes}}

        {{> documentation}}
        {{access}}let {{name}}: {{typeName}}
{{/oauthSchemes}}
{{#groups}}

        {{> documentation}}
        {{access}}var {{name}}: {{typeName}} { {{typeName}}(core: core) }
{{/groups}}

        /// Creates a client.
        ///
        /// - Parameters:
        ///   - server: Where the API is.
{{#hasSchemes}}
        ///   - authorization: What requests are authorised with.
{{/hasSchemes}}
        ///   - transport: What carries requests.
        ///   - middleware: What sees each request on its way, the first one first.
        {{access}}init(
            server: Server{{#defaultServer}} = {{defaultServer}}{{/defaultServer}},
{{#hasSchemes}}
            authorization: Authorization = .none,
{{/hasSchemes}}
            transport: any {{Transport}} = {{URLSessionTransport}}(),
            middleware: [any {{Middleware}}] = []
        ) {
{{#hasOAuth}}
            let context = {{CredentialContext}}(serverURL: server.url, transport: transport)
            var credentials = authorization.credentials
{{#oauthSchemes}}
            {{name}} = {{typeName}}(authorization.{{storage}}, context: context)
            {{name}}.session.join(&credentials)
{{/oauthSchemes}}
{{/hasOAuth}}
            core = {{ClientCore}}(
                serverURL: server.url,
{{#hasSchemes}}
                credentials: {{^hasOAuth}}authorization.{{/hasOAuth}}credentials,
{{/hasSchemes}}
{{#security}}
                security: {{security}},
{{/security}}
                transport: transport,
                middleware: middleware
            )
{{#readsTolerantly}}
            core.reading = .tolerant
{{/readsTolerantly}}
        }
{{#groups}}

        {{> documentation}}
        {{access}}struct {{typeName}}: {{APIClient}} {
            {{access}}var core: {{ClientCore}}
        }
{{/groups}}
    }
{{#server}}

    {{> server}}
{{/server}}
{{#hasSchemes}}
{{> authorization}}
{{/hasSchemes}}
}
{{#oauthSchemes}}

{{> oauth}}
{{/oauthSchemes}}

"""#,
        "documentation": #"""
{{#documentation}}
///{{.}}
{{/documentation}}
{{#isDeprecated}}
@available(*, deprecated)
{{/isDeprecated}}

"""#,
        "enum": #"""
{{> documentation}}
{{access}}enum {{name}}: {{OpenEnum}} {
{{#cases}}
    {{> documentation}}
    case {{name}}
{{/cases}}
    /// A value the description does not know.
    case unknown({{type}})

    /// The values that the description lists.
    {{access}}static let allCases: [Self] = [{{caseLine}}{{#hasCaseLines}}
{{#caseLines}}
        {{.}}
{{/caseLines}}
    {{/hasCaseLines}}]

    {{access}}var rawValue: {{type}} {
        switch self {
{{#cases}}
        case .{{caseName}}: {{literal}}
{{/cases}}
        case .unknown(let value): value
        }
    }
}

"""#,
        "file": #"""
// Generated by apus {{toolVersion}} from {{source}}. Do not edit.

import ApusRuntime
{{#usesOAuth}}
import ApusOAuth
{{/usesOAuth}}
{{#usesFoundation}}
import Foundation
{{/usesFoundation}}
{{#imports}}
import {{.}}
{{/imports}}

"""#,
        "headers": #"""
{{> documentation}}
{{access}}struct {{name}}: {{ResponseHeaders}} {
{{#properties}}
{{#separator}}

{{/separator}}
    {{> documentation}}
    {{access}}let {{name}}: {{type}}
{{/properties}}

    {{access}}init(from response: {{Response}}) {
{{#properties}}
        {{storage}} = response.header({{key}})
{{/properties}}
    }
}

"""#,
        "oauth": #"""
extension {{namespace}} {
    {{> documentation}}
    {{access}}struct {{typeName}}: {{Sendable}} {
{{#hasScopes}}
        /// What an access token allows (RFC 6749 section 3.3).
        {{access}}struct Scope: {{OAuth2Scope}} {
            {{access}}let rawValue: {{String}}

            {{access}}init(rawValue: {{String}}) {
                self.rawValue = rawValue
            }
{{#scopes}}

            {{> documentation}}
            {{access}}static var {{name}}: Scope { Scope(rawValue: {{literal}}) }
{{/scopes}}
        }

{{/hasScopes}}
        /// The tokens, and everything that is done with them.
        {{access}}let session: {{OAuth2Session}}

        init(_ registration: {{OAuth2Registration}}?, context: {{CredentialContext}}) {
            session = {{OAuth2Session}}(scheme: Self.scheme, registration: registration, context: context)
        }
{{#hasPassword}}

        /// Signs in with the user's own name and password (RFC 6749 section
        /// 4.3). For first-party clients only.
        {{access}}func signIn(
            username: {{String}},
            password: {{Secret}}{{#hasScopes}},
            scopes: [Scope] = []{{/hasScopes}}
        ) async throws({{OAuth2Error}}) {
            try await session.signIn(username: username, password: password, scopes: {{scopeList}})
        }
{{/hasPassword}}
{{#hasAuthorizationCode}}

        /// Begins signing in through the authorization server's own page (RFC
        /// 6749 section 4.1): open the returned request's `url`.
        ///
        /// - Parameter redirectURI: Where the server sends the user back to.
        {{access}}func authorizationRequest(
            redirectURI: {{String}}{{#hasScopes}},
            scopes: [Scope] = []{{/hasScopes}}
        ) {{#isDiscovered}}async {{/isDiscovered}}throws({{OAuth2Error}}) -> {{AuthorizationRequest}} {
{{#isDiscovered}}
            try await session.discover()
            return try session.authorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}})
{{/isDiscovered}}
{{^isDiscovered}}
            try session.authorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}})
{{/isDiscovered}}
        }
{{/hasAuthorizationCode}}
{{#hasPushedRequest}}

        /// Begins as `authorizationRequest` does, and sends the parameters to
        /// the server first (RFC 9126).
        ///
        /// - Parameter redirectURI: Where the server sends the user back to.
        {{access}}func pushedAuthorizationRequest(
            redirectURI: {{String}}{{#hasScopes}},
            scopes: [Scope] = []{{/hasScopes}}
        ) async throws({{OAuth2Error}}) -> {{AuthorizationRequest}} {
            try await session.pushedAuthorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}})
        }
{{/hasPushedRequest}}
{{#hasImplicit}}

        /// Begins signing in by the implicit grant (RFC 6749 section 4.2): open
        /// the returned request's `url`.
        ///
        /// - Parameter redirectURI: Where the server sends the user back to.
        @available(*, deprecated, message: "The implicit grant gives tokens away in URLs (RFC 9700 section 2.1.2).")
        {{access}}func implicitAuthorizationRequest(
            redirectURI: {{String}}{{#hasScopes}},
            scopes: [Scope] = []{{/hasScopes}}
        ) throws({{OAuth2Error}}) -> {{AuthorizationRequest}} {
            try session.implicitAuthorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}})
        }
{{/hasImplicit}}
{{#hasRedirect}}

        /// Ends signing in with the URL that the server sent the user back to.
        {{access}}func signIn(
            redirectedTo url: {{String}},
            for request: {{AuthorizationRequest}}
        ) async throws({{OAuth2Error}}) {
            try await session.signIn(redirectedTo: url, for: request)
        }
{{/hasRedirect}}
{{#hasClientCredentials}}

        /// Signs in as the client itself (RFC 6749 section 4.4).
        {{access}}func signInWithClientCredentials({{#hasScopes}}scopes: [Scope] = []{{/hasScopes}}) async throws({{OAuth2Error}}) {
            try await session.signInWithClientCredentials(scopes: {{scopeList}})
        }
{{/hasClientCredentials}}
{{#hasDeviceAuthorization}}

        /// Begins signing in on another device (RFC 8628): show the user the
        /// code and the address.
        {{access}}func deviceAuthorization({{#hasScopes}}scopes: [Scope] = []{{/hasScopes}}) async throws({{OAuth2Error}}) -> {{DeviceAuthorization}} {
            try await session.deviceAuthorization(scopes: {{scopeList}})
        }

        /// Waits until the user has signed in on the other device.
        {{access}}func signIn(with authorization: {{DeviceAuthorization}}) async throws({{OAuth2Error}}) {
            try await session.signIn(with: authorization)
        }
{{/hasDeviceAuthorization}}

        /// Forgets the tokens, and revokes them where the server can (RFC 7009).
        {{access}}func signOut() async throws({{OAuth2Error}}) {
            try await session.signOut()
        }

        /// The scheme as the description has it.
        private static var scheme: {{OAuth2Scheme}} {
            {{OAuth2Scheme}}(
{{#properties}}
                {{name}}: {{literal}}{{comma}}
{{/properties}}
            )
        }
    }
}

"""#,
        "operation": #"""
{{> documentation}}
{{#isDiscardable}}
@discardableResult
{{/isDiscardable}}
{{access}}func {{name}}({{parameterLine}}{{#hasParameterLines}}
{{#parameters}}
    {{label}}: {{type}}{{initialValue}}{{comma}}
{{/parameters}}
{{/hasParameterLines}}) async throws({{APIError}}<{{failureType}}>){{#returnType}} -> {{returnType}}{{/returnType}} {
    {{#isMutable}}var{{/isMutable}}{{^isMutable}}let{{/isMutable}} request = {{Request}}({{request}})
{{#statements}}
    request.{{.}}
{{/statements}}
{{#hasBodyCases}}
    switch {{bodyName}} {
{{#bodyCases}}
    case .{{caseName}}(let content):
        request.{{write}}
{{/bodyCases}}
{{#isOptional}}
    case nil:
        break
{{/isOptional}}
    }
{{/hasBodyCases}}
    {{#returnType}}return {{/returnType}}try await send({{sending}})
}

"""#,
        "otherwise": #"""
{{#otherwiseOne}}
self = .{{caseName}}(value.read())
{{/otherwiseOne}}
{{#otherwiseSeveral}}
switch value.bestMatch({{types}}) {
{{#matches}}
case {{number}}: self = .{{caseName}}(value.read())
{{/matches}}
default: self = .unknown(value.read())
}
{{/otherwiseSeveral}}
{{^hasOtherwise}}
self = .unknown(value.read())
{{/hasOtherwise}}

"""#,
        "outcomes": #"""
{{> documentation}}
{{access}}enum {{name}}: {{Sendable}} {
{{#cases}}
    {{> documentation}}
    case {{name}}{{#type}}({{type}}){{/type}}
{{/cases}}
}

"""#,
        "scope": #"""
{{access}}enum {{name}} {}

"""#,
        "server": #"""
{{> documentation}}
{{access}}struct {{typeName}}: {{Sendable}}, {{Hashable}} {
    /// The base URL that paths are appended to.
    {{access}}let url: {{String}}

    /// A server at a URL of your own.
    {{access}}init(url: {{String}}) {
        self.url = url
    }
{{#servers}}

    {{> documentation}}
{{#isInitializer}}
    {{access}}init({{parameterLine}}) {
        self.init(url: {{url}})
    }
{{/isInitializer}}
{{#isFunction}}
    {{access}}static func {{name}}({{parameterLine}}) -> {{typeName}} {
        {{typeName}}(url: {{url}})
    }
{{/isFunction}}
{{#isProperty}}
    {{access}}static var {{name}}: {{typeName}} {
        {{typeName}}(url: {{url}})
    }
{{/isProperty}}
{{/servers}}
{{#enumerations}}

    {{> documentation}}
    {{access}}enum {{name}}: {{String}}, {{Sendable}} {
{{#cases}}
        case {{name}}{{#literal}} = {{literal}}{{/literal}}
{{/cases}}
    }
{{/enumerations}}
}

"""#,
        "struct": #"""
{{> documentation}}
{{access}}struct {{name}}: {{protocol}} {
{{#properties}}
{{#separator}}

{{/separator}}
    {{> documentation}}
{{^isDeprecated}}
    {{#isIndirect}}@{{Indirect}} {{/isIndirect}}{{access}}var {{name}}: {{type}}
{{/isDeprecated}}
{{#isDeprecated}}
    {{access}}var {{name}}: {{type}} {
        get { {{storage}} }
        set { {{storage}} = newValue }
    }

    {{#isIndirect}}@{{Indirect}} {{/isIndirect}}private var {{storage}}: {{type}}
{{/isDeprecated}}
{{/properties}}

    {{access}}init({{parameterLine}}{{#hasParameterLines}}
{{#properties}}
        {{label}}: {{type}}{{initialValue}}{{comma}}
{{/properties}}
    {{/hasParameterLines}}) {
{{#properties}}
        self.{{storage}} = {{localName}}
{{/properties}}
    }
{{#isJSON}}

    {{access}}init(from object: inout {{ObjectReader}}) {
{{#properties}}
        self.{{storage}} = object.{{read}}
{{/properties}}
{{#checksReceived}}
        object.check(Self.constraints)
{{/checksReceived}}
    }

    {{access}}func encode(to object: inout {{ObjectWriter}}) {
{{#properties}}
        object.{{write}}
{{/properties}}
{{#checksSent}}
        object.check(Self.constraints)
{{/checksSent}}
    }
{{/isJSON}}
{{#isMultipart}}

    {{access}}func encode(to form: inout {{MultipartWriter}}) {
{{#checksSent}}
        form.check(Self.constraints)
{{/checksSent}}
{{#properties}}
{{#write}}
        form.{{write}}
{{/write}}
{{/properties}}
    }
{{/isMultipart}}
{{#hasConstraints}}

    /// What values have to satisfy besides their types.
    private static let constraints = {{JSONConstraints}}(
{{#constraints}}
        {{.}}
{{/constraints}}
    )
{{/hasConstraints}}
}

"""#,
        "union": #"""
{{> documentation}}
{{access}}{{#isIndirect}}indirect {{/isIndirect}}enum {{name}}: {{JSONUnion}} {
{{#cases}}
    {{> documentation}}
    case {{name}}({{type}})
{{/cases}}
    /// A value that is none of these.
    case unknown({{JSONValue}})

    {{access}}init(from value: inout {{ValueReader}}) {
{{#hasKinds}}
        switch value.kind {
{{#choices}}
        case .{{kind}}:
            {{> choice}}
{{/choices}}
        default:
            self = .unknown(value.read())
        }
{{/hasKinds}}
{{^hasKinds}}
{{#choices}}
        {{> choice}}
{{/choices}}
{{/hasKinds}}
    }

    {{access}}func encode(to value: inout {{ValueWriter}}) {
        switch self {
{{#cases}}
        case .{{caseName}}(let content): value.write(content)
{{/cases}}
        case .unknown(let content): value.write(content)
        }
    }
}

"""#,
    ]
}
