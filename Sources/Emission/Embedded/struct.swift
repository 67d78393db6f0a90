// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `struct` = #"""
{{> documentation}}
{{access}}struct {{name}}: {{protocol}} {
{{#properties}}
{{#separator}}

{{/separator}}
    {{> documentation}}
{{^isDeprecated}}
    {{#isIndirect}}@{{Indirect}} {{/isIndirect}}{{access}}var {{name}}: {{type}}
{{/isDeprecated}}
{{#isDeprecated}}
    {{access}}var {{name}}: {{type}} {
        get { {{storage}} }
        set { {{storage}} = newValue }
    }

    {{#isIndirect}}@{{Indirect}} {{/isIndirect}}private var {{storage}}: {{type}}
{{/isDeprecated}}
{{/properties}}

    {{access}}init({{[}}
        {{#properties}}
        {{label}}: {{type}}{{#initialValue}} = {{initialValue}}{{/initialValue}}{{,}}
        {{/properties}}
    {{]}}) {
{{#properties}}
        self.{{storage}} = {{localName}}
{{/properties}}
    }
{{#isJSON}}

    {{access}}init(from object: inout {{ObjectReader}}) {
{{#properties}}
        self.{{storage}} = object.{{read}}({{key}})
{{/properties}}
{{#checksReceived}}
        object.check(Self.constraints)
{{/checksReceived}}
    }

    {{access}}func encode(to object: inout {{ObjectWriter}}) {
{{#properties}}
        object.{{write}}({{#key}}{{key}}, {{/key}}{{value}})
{{/properties}}
{{#checksSent}}
        object.check(Self.constraints)
{{/checksSent}}
    }
{{/isJSON}}
{{#isMultipart}}

    {{access}}func encode(to form: inout {{MultipartWriter}}) {
{{#checksSent}}
        form.check(Self.constraints)
{{/checksSent}}
{{#properties}}
{{#write}}
        form.{{write}}({{[}}
            {{key}}{{,}}
            {{value}}{{,}}
            {{#contentType}}contentType: {{contentType}}{{,}}{{/contentType}}
            {{#joint}}joinedBy: {{joint}}{{,}}{{/joint}}
            {{#hasHeaders}}headers: [{{[}}{{#headers}}{{key}}: {{value}}{{,}}{{/headers}}{{]}}]{{,}}{{/hasHeaders}}
        {{]}})
{{/write}}
{{/properties}}
    }
{{/isMultipart}}
{{#constraints}}

    /// Constraints beyond the types.
    private static let constraints = {{JSONConstraints}}({{> constraintArguments}})
{{/constraints}}
}

"""#
}
