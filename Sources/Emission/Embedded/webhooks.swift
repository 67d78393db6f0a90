// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `webhooks` = #"""
extension {{namespace}}.{{typeName}}: {{WebhookEvents}} {
    /// The events, and how they are told apart.
    {{access}}static let kinds: [{{WebhookKind}}<Self>] = [{{[}}
        {{#webhooks}}
        .init({{[}}
            {{literal}}{{,}}
            {{#hasHeaders}}
            fields: [{{[}}
                {{#headers}}
                {{key}}: [{{[}}{{#values}}{{.}}{{,}}{{/values}}{{]}}]{{,}}
                {{/headers}}
            {{]}}]{{,}}
            {{/hasHeaders}}
            {{#hasMembers}}
            members: [{{[}}
                {{#members}}
                {{key}}: [{{[}}{{#values}}{{.}}{{,}}{{/values}}{{]}}]{{,}}
                {{/members}}
            {{]}}]{{,}}
            {{/hasMembers}}
            {{#hasRequired}}
            required: [{{[}}{{#required}}{{.}}{{,}}{{/required}}{{]}}]{{,}}
            {{/hasRequired}}
            Self.{{caseName}}{{,}}
        {{]}}){{,}}
        {{/webhooks}}
    {{]}}]
}

"""#
}
