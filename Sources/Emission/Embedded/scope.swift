// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `scope` = #"""
{{access}}enum {{name}} {}

"""#
}
