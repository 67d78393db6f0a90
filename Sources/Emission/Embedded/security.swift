// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `security` = #"""
[{{[}}
    {{#security}}
    [{{^uses}}:{{/uses}}{{[}}
        {{#uses}}
        {{key}}: [{{[}}{{#scopes}}{{.}}{{,}}{{/scopes}}{{]}}]{{,}}
        {{/uses}}
    {{]}}]{{,}}
    {{/security}}
{{]}}]

"""#
}
