// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `error` = #"""
{{access}}typealias {{name}} = {{APIError}}<{{failureType}}>

"""#
}
