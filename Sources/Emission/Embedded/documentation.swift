// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `documentation` = #"""
{{#documentation}}
///{{.}}
{{/documentation}}
{{#isDeprecated}}
@available(*, deprecated)
{{/isDeprecated}}

"""#
}
