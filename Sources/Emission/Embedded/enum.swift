// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `enum` = #"""
{{> documentation}}
{{access}}enum {{name}}: {{OpenEnum}} {
{{#cases}}
    {{> documentation}}
    case {{name}}
{{/cases}}
    /// A value that the description does not list.
    case unknown({{type}})

    /// The values that the description lists.
    {{access}}static let allCases: [Self] = [{{[filled}}
        {{#cases}}
        .{{caseName}}{{,}}
        {{/cases}}
    {{]}}]

    {{access}}var rawValue: {{type}} {
        switch self {
{{#cases}}
        case .{{caseName}}: {{literal}}
{{/cases}}
        case .unknown(let value): value
        }
    }
}

"""#
}
