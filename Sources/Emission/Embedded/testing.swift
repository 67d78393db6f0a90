// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `testing` = #"""
#if DEBUG
import ApusTesting
{{#client}}

/// The operations of ``{{namespace}}/Client`` as tests see them.
{{access}}struct {{name}}: OperationValues {
    {{access}}init() {}
{{#groups}}

    {{> documentation}}
    {{access}}var {{name}}: {{typeName}} { {{typeName}}() }

    {{> documentation}}
    {{access}}struct {{typeName}}: Sendable {}
{{/groups}}

    {{access}}func operations(named name: String) -> [any OperationValue] {
        switch name {
{{#cases}}
        case {{literal}}: [{{[}}{{#values}}{{.}}{{,}}{{/values}}{{]}}]
{{/cases}}
        default: []
        }
    }
{{#hasMembers}}

    {{access}}var secretMembers: Set<String> {
        [{{[filled}}{{#members}}{{.}}{{,}}{{/members}}{{]}}]
    }
{{/hasMembers}}
}

extension {{namespace}}.Client: StubbedClient {
    {{access}}typealias StubbedOperations = {{name}}

    /// A client that sends its requests by `transport` and needs no credentials.
    {{access}}static func offline(_ transport: any ApusRuntime.Transport) -> Self {
        var client = Self(server: {{namespace}}.Server(url: "https://offline.invalid"), transport: transport)
        client.core = client.core.offline(
            schemes: [{{[filled}}{{#schemes}}{{.}}{{,}}{{/schemes}}{{]}}],
            origins: [{{[filled}}{{#servers}}{{.}}{{,}}{{/servers}}{{]}}]
        )
        return client
    }
}
{{/client}}
{{#groups}}

extension {{typeName}} {
{{#properties}}
{{#separator}}

{{/separator}}
    {{> documentation}}
    {{access}}var {{name}}: TypedOperation<{{typeName}}, {{returnType}}, {{failureType}}> {
        TypedOperation({{[}}
            {{identifier}}{{,}}
            {{method}}{{,}}
            {{url}}{{,}}
            {{#accept}}accept: {{accept}}{{,}}{{/accept}}
            call: { try {{typeName}}($0) }{{,}}
            success: [{{[}}{{#success}}{{> answer}}{{,}}{{/success}}{{]}}]{{,}}
            {{#hasStatuses}}failure: [{{[}}{{#failure}}{{> answer}}{{,}}{{/failure}}{{]}}]{{,}}{{/hasStatuses}}
            {{#hasMembers}}
            examples: [{{[}}
                {{#members}}
                {{key}}: {{literal}}{{,}}
                {{/members}}
            {{]}}]{{,}}
            {{/hasMembers}}
        {{]}})
    }

    /// A call of ``{{name}}``.
    {{access}}struct {{typeName}}: Sendable {
{{#hasArguments}}
{{#parameters}}
        {{access}}let {{name}}: {{type}}
{{/parameters}}

{{/hasArguments}}
        {{access}}init(_ call: CallReader) throws {
{{#parameters}}
            self.{{name}} = try call.{{read}}({{[}}{{#key}}{{key}}{{,}}{{/key}}{{place}}{{,}}{{]}})
{{/parameters}}
        }
    }
{{/properties}}
}
{{/groups}}
{{#cases}}

extension {{typeName}}: ExampleValue {
    {{access}}static var exampleTexts: KeyValuePairs<StaticString, StaticString> {
        [{{[}}
            {{#members}}
            {{key}}: {{literal}}{{,}}
            {{/members}}
        {{]}}]
    }
}
{{/cases}}
#endif

"""#
}
