// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `operation` = #"""
{{> documentation}}
{{#isDiscardable}}
@discardableResult
{{/isDiscardable}}
{{access}}func {{name}}({{[}}
    {{#parameters}}
    {{label}}: {{type}}{{#initialValue}} = {{initialValue}}{{/initialValue}}{{,}}
    {{/parameters}}
{{]}}) async throws({{APIError}}<{{failureType}}>){{#returnType}} -> {{returnType}}{{/returnType}} {
    {{#isMutable}}var{{/isMutable}}{{^isMutable}}let{{/isMutable}} request = {{Request}}({{[}}
        {{method}}{{,}}
        "{{> path}}"{{,}}
        operation: {{identifier}}{{,}}
        {{#hasSecurity}}security: {{> security}}{{,}}{{/hasSecurity}}
        {{#accept}}accept: {{accept}}{{,}}{{/accept}}
        {{#server}}server: {{server}}{{,}}{{/server}}
        {{#template}}template: {{template}}{{,}}{{/template}}
        {{#hasTags}}tags: [{{[}}{{#tags}}{{.}}{{,}}{{/tags}}{{]}}]{{,}}{{/hasTags}}
        {{#idempotent}}idempotent: {{idempotent}}{{,}}{{/idempotent}}
        {{#hasExtensions}}extensions: [{{[}}{{#extensions}}{{key}}: {{value}}{{,}}{{/extensions}}{{]}}]{{,}}{{/hasExtensions}}
        {{#idempotencyKeyHeader}}idempotencyKeyHeader: {{idempotencyKeyHeader}}{{,}}{{/idempotencyKeyHeader}}
    {{]}})
{{#checks}}
    request.check({{[}}{{key}}{{,}}{{localName}}{{,}}{{> constraints}}{{]}})
{{/checks}}
{{#statements}}
    request.{{call}}({{[}}
        {{key}}{{,}}
        {{localName}}{{,}}
        {{#isJSON}}.json{{,}}{{/isJSON}}
        {{#style}}.{{style}}{{,}}{{/style}}
        {{#explode}}explode: {{explode}}{{,}}{{/explode}}
        {{#allowReserved}}allowReserved: true{{,}}{{/allowReserved}}
    {{]}})
{{/statements}}
{{#body}}
    request.{{> body}}
{{/body}}
{{#hasBodyCases}}
    switch {{bodyName}} {
{{#bodyCases}}
    case .{{caseName}}(let content):
        request.{{> body}}
{{/bodyCases}}
{{#isOptional}}
    case nil:
        break
{{/isOptional}}
    }
{{/hasBodyCases}}
    {{#returnType}}return {{/returnType}}try await send({{[}}
        request{{,}}
        {{#success}}as: {{> response}}{{,}}{{/success}}
        {{#failure}}errors: {{> response}}{{,}}{{/failure}}
    {{]}})
}
{{#pages}}

{{> pages}}
{{/pages}}

"""#
}
