// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `union` = #"""
{{> documentation}}
{{access}}{{#isIndirect}}indirect {{/isIndirect}}enum {{name}}: {{protocol}} {
{{#cases}}
    {{> documentation}}
    case {{name}}({{type}})
{{/cases}}
    /// A value that matches none of the cases.
    case unknown({{JSONValue}})

    {{access}}init(from value: inout {{ValueReader}}) {
{{#hasKinds}}
        switch value.kind {
{{#choices}}
        case .{{kind}}:
            {{> choice}}
{{/choices}}
        default:
            self = .unknown(value.read())
        }
{{/hasKinds}}
{{^hasKinds}}
{{#choices}}
        {{> choice}}
{{/choices}}
{{/hasKinds}}
    }

    {{access}}func encode(to value: inout {{ValueWriter}}) {
        switch self {
{{#cases}}
        case .{{caseName}}(let content): value.write(content)
{{/cases}}
        case .unknown(let content): value.write(content)
        }
    }
}

"""#
}
