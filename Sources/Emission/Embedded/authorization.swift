// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `authorization` = #"""

    /// The credentials that authorize requests, for one or more of the API's security
    /// schemes.
    {{access}}struct Authorization: {{Sendable}} {
        /// Credentials by the name of their security scheme.
        {{access}}var credentials: [{{String}}: any {{Credential}}] = [:]
{{#oauthSchemes}}
        var {{storage}}: {{OAuth2Registration}}?
{{/oauthSchemes}}

        /// No credential, for operations that need none.
        {{access}}static var none: Authorization { Authorization() }

        /// These credentials together with others.
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
        ///   - clientID: The client identifier that the authorization server issued.
{{#hasClientSecret}}
        ///   - clientSecret: The client's secret{{^isClientSecretNeeded}}, where it has one{{/isClientSecretNeeded}}.
{{/hasClientSecret}}
{{#hasClientKey}}
        ///   - clientKey: The key that the client authenticates with.
{{/hasClientKey}}
        ///   - store: Stores the tokens.
        ///   - renewsTokens: `false` for an extension, whose program renews them.
{{#hasPublishedKeys}}
        ///   - idTokenAlgorithms: The algorithms that an ID token may be signed
        ///     with, by one of the server's published keys. If it is empty, the
        ///     signature is not checked.
{{/hasPublishedKeys}}
        {{access}}static func {{name}}(
            clientID: {{String}},
{{#hasClientSecret}}
            clientSecret: {{Secret}}{{^isClientSecretNeeded}}? = nil{{/isClientSecretNeeded}},
{{/hasClientSecret}}
{{#hasClientKey}}
            clientKey: any {{SigningKey}},
{{/hasClientKey}}
            store: any {{TokenStore}} = .memory,
            renewsTokens: {{Bool}} = true{{#hasPublishedKeys}},
            idTokenAlgorithms: [any {{SignatureAlgorithm}}] = []{{/hasPublishedKeys}}
        ) -> Authorization {
            var result = Authorization()
            result.{{storage}} = {{OAuth2Registration}}(
                client: {{OAuth2Client}}(id: clientID{{#hasClientSecret}}, secret: clientSecret{{/hasClientSecret}}{{#hasClientKey}}, key: clientKey{{/hasClientKey}}),
                store: store,
                renewsTokens: renewsTokens{{#hasPublishedKeys}},
                idTokenAlgorithms: idTokenAlgorithms{{/hasPublishedKeys}}
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

"""#
}
