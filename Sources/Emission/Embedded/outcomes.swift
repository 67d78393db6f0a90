// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `outcomes` = #"""
{{> documentation}}
{{access}}enum {{name}}: {{Sendable}} {
{{#cases}}
    {{> documentation}}
    case {{name}}{{#type}}({{type}}){{/type}}
{{/cases}}
}

"""#
}
