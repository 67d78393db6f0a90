// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `webhooks` = #"""
extension {{namespace}}.{{typeName}}: {{WebhookEvents}} {
    /// What may come, and how it is told apart.
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
            Self.{{caseName}}{{,}}
        {{]}}){{,}}
        {{/webhooks}}
    {{]}}]
}

"""#
}
