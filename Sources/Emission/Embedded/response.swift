// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `response` = #"""
{{#hasEmptyStatuses}}{{ErrorResponses}}{{/hasEmptyStatuses}}.{{format}}{{#hasArguments}}({{[}}
    {{#type}}{{type}}.self{{,}}{{/type}}
    {{#hasStatuses}}on: {{[aligned}}{{#statuses}}{{.}}{{,}}{{/statuses}}{{]}}{{,}}{{/hasStatuses}}
    {{#constraints}}checking: {{> constraints}}{{,}}{{/constraints}}
{{]}}){{/hasArguments}}{{#hasEmptyStatuses}}.orEmpty(on: {{[aligned}}{{#emptyStatuses}}{{.}}{{,}}{{/emptyStatuses}}{{]}}){{/hasEmptyStatuses}}{{#hasCases}}([{{[}}
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
