// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `headers` = #"""
{{> documentation}}
{{access}}struct {{name}}: {{ResponseHeaders}} {
{{#properties}}
{{#separator}}

{{/separator}}
    {{> documentation}}
    {{access}}let {{name}}: {{type}}
{{/properties}}

    {{access}}init(from response: {{Response}}) {
{{#properties}}
        {{storage}} = response.header({{key}})
{{/properties}}
    }
}

"""#
}
