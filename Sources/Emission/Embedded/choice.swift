// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `choice` = #"""
{{#isOne}}
self = .{{caseName}}(value.read())
{{/isOne}}
{{#discriminator}}
switch value.text(at: {{key}}) {
{{#values}}
case {{[aligned}}{{#literals}}{{.}}{{,}}{{/literals}}{{]}}: self = .{{caseName}}(value.read())
{{/values}}
default:
    {{> otherwise}}
}
{{/discriminator}}
{{#properties}}
{{#isFirst}}
if value.has({{key}}), let content: {{type}} = value.attempt() {
{{/isFirst}}
{{^isFirst}}
} else if value.has({{key}}), let content: {{type}} = value.attempt() {
{{/isFirst}}
    self = .{{caseName}}(content)
{{/properties}}
{{#hasProperties}}
} else {
    {{> otherwise}}
}
{{/hasProperties}}
{{#isBestMatch}}
{{> otherwise}}
{{/isBestMatch}}

"""#
}
