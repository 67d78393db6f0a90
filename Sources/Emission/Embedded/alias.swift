// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `alias` = #"""
{{> documentation}}
{{access}}typealias {{name}} = {{type}}

"""#
}
