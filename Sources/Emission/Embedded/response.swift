// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `response` = #"""
.{{format}}{{#hasArguments}}({{[}}
    {{#type}}{{type}}.self{{,}}{{/type}}
    {{#hasStatuses}}on: {{[aligned}}{{#statuses}}{{.}}{{,}}{{/statuses}}{{]}}{{,}}{{/hasStatuses}}
    {{#constraints}}checking: {{> constraints}}{{,}}{{/constraints}}
{{]}}){{/hasArguments}}{{#hasCases}}([{{[}}
    {{#outcomes}}
    .{{format}}({{[}}
        {{status}}{{,}}
        {{type}}.{{caseName}}{{,}}
        {{#constraints}}checking: {{> constraints}}{{,}}{{/constraints}}
    {{]}}){{,}}
    {{/outcomes}}
{{]}}]){{/hasCases}}

"""#
}
