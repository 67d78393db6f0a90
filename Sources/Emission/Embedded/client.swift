// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `client` = #"""
{{#documentation}}
///{{.}}
{{/documentation}}
{{access}}enum {{namespace}} {
    /// The client: one method for each operation of the API.
    {{access}}struct Client: {{APIClient}} {
        {{access}}var core: {{ClientCore}}

        /// The error type of each method, by the method's name.
        {{access}}enum Errors {}
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
        ///   - server: The server to call.
{{#hasSchemes}}
        ///   - authorization: The credentials that authorize requests.
{{/hasSchemes}}
        ///   - transport: Sends the requests.
        ///   - middleware: Middleware, outermost first.
        {{access}}init(
            server: Server{{#defaultServer}} = {{defaultServer}}{{/defaultServer}},
{{#hasSchemes}}
            authorization: Authorization = .none,
{{/hasSchemes}}
            transport: any {{Transport}} = {{StandardTransport}}(),
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
{{#hasSecurity}}
                security: {{> security}},
{{/hasSecurity}}
                transport: transport,
                middleware: middleware,
                product: {{product}}
            )
            {{> options}}
{{#readsTolerantly}}
            core.reading = .tolerant
{{/readsTolerantly}}
        }
{{#groups}}

        {{> documentation}}
        {{access}}struct {{typeName}}: {{APIClient}} {
            {{access}}var core: {{ClientCore}}

            /// The error type of each method, by the method's name.
            {{access}}enum Errors {}
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
{{#hasWebhooks}}

{{> webhooks}}
{{/hasWebhooks}}

"""#
}
