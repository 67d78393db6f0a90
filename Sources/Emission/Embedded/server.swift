// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `server` = #"""
{{> documentation}}
{{access}}struct {{typeName}}: {{Sendable}}, {{Hashable}} {
    /// The base URL that paths are appended to.
    {{access}}let url: {{String}}

    /// A server at another URL.
    {{access}}init(url: {{String}}) {
        self.url = url
    }
{{#servers}}

{{#isInitializer}}
    {{> documentation}}
    {{access}}init({{[}}
        {{#parameters}}
        {{name}}: {{type}}{{#initialValue}} = {{initialValue}}{{/initialValue}}{{,}}
        {{/parameters}}
    {{]}}) {
        self.init(url: {{url}})
    }

{{/isInitializer}}
{{#isFunction}}
    {{> documentation}}
    {{access}}static func {{name}}({{[}}
        {{#parameters}}
        {{name}}: {{type}}{{#initialValue}} = {{initialValue}}{{/initialValue}}{{,}}
        {{/parameters}}
    {{]}}) -> Self {
        Self(url: {{url}})
    }
{{/isFunction}}
{{#isProperty}}
    {{> documentation}}
    {{access}}static var {{name}}: Self {
        Self(url: {{url}})
    }
{{/isProperty}}
{{/servers}}
{{#enumerations}}

    {{> documentation}}
    {{access}}enum {{name}}: {{String}}, {{Sendable}} {
{{#cases}}
        case {{name}}{{#literal}} = {{literal}}{{/literal}}
{{/cases}}
    }
{{/enumerations}}
}

"""#
}
