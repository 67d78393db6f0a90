// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `pages` = #"""
{{> documentation}}
{{access}}func {{name}}({{[}}
    _ {{range}}: {{PageRange}}{{,}}
    {{#parameters}}
    {{label}}: {{type}}{{#initialValue}} = {{initialValue}}{{/initialValue}}{{,}}
    {{/parameters}}
{{]}}) -> {{PagedItems}}<{{returnType}}, {{itemType}}, {{failureType}}> {
    {{PagedItems}}({{[}}
        {{range}}{{,}}
        of: self{{,}}
        by: {{> pagination}}{{,}}
        items: { $0{{#isOptional}}?{{/isOptional}}{{#steps}}.{{name}}{{#isNullable}}?.value{{/isNullable}}{{#isOptional}}?{{/isOptional}}{{/steps}}{{#hasDefault}} ?? []{{/hasDefault}} }{{,}}
    {{]}}) { {{client}} throws({{APIError}}<{{failureType}}>) in
        try await {{client}}.{{name}}({{[}}
            {{#parameters}}
            {{#argument}}{{argument}}: {{/argument}}{{localName}}{{,}}
            {{/parameters}}
        {{]}})
    }
}

"""#
}
