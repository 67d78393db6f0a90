// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `operation` = #"""
{{> documentation}}
{{#isDiscardable}}
@discardableResult
{{/isDiscardable}}
{{access}}func {{name}}({{parameterLine}}{{#hasParameterLines}}
{{#parameters}}
    {{label}}: {{type}}{{initialValue}}{{comma}}
{{/parameters}}
{{/hasParameterLines}}) async throws({{APIError}}<{{failureType}}>){{#returnType}} -> {{returnType}}{{/returnType}} {
    {{#isMutable}}var{{/isMutable}}{{^isMutable}}let{{/isMutable}} request = {{Request}}({{request}})
{{#statements}}
    request.{{.}}
{{/statements}}
{{#hasBodyCases}}
    switch {{bodyName}} {
{{#bodyCases}}
    case .{{caseName}}(let content):
        request.{{write}}
{{/bodyCases}}
{{#isOptional}}
    case nil:
        break
{{/isOptional}}
    }
{{/hasBodyCases}}
    {{#returnType}}return {{/returnType}}try await send({{sending}})
}

"""#
}
