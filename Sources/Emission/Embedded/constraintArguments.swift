// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `constraintArguments` = #"""
{{[}}
{{#arguments}}
{{label}}: {{value}}{{#constraints}}{{> constraints}}{{/constraints}}{{#hasMembers}}[{{[}}
    {{#members}}
    {{key}}: {{> constraints}}{{,}}
    {{/members}}
{{]}}]{{/hasMembers}}{{,}}
{{/arguments}}
{{]}}

"""#
}
