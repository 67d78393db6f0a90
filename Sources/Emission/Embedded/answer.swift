// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `answer` = #"""
.{{format}}({{[}}{{#statuses}}{{.}}{{,}}{{/statuses}}{{#contentType}}contentType: {{contentType}}{{,}}{{/contentType}}{{]}}){{^isOne}}{{#isFirst}} { $0 }{{/isFirst}}{{#caseName}} { (answer: {{returnType}}) -> {{type}}? in if case .{{caseName}}(let value) = answer { value } else { nil } }{{/caseName}}{{/isOne}}

"""#
}
