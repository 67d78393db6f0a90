// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `constraints` = #"""
.init({{> constraintArguments}})

"""#
}
