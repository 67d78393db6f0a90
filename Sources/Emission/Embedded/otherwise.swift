// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `otherwise` = #"""
{{#otherwiseOne}}
self = .{{caseName}}(value.read())
{{/otherwiseOne}}
{{#otherwiseSeveral}}
switch value.bestMatch({{[}}{{#matches}}{{type}}.self{{,}}{{/matches}}{{]}}) {
{{#matches}}
case {{number}}: self = .{{caseName}}(value.read())
{{/matches}}
default: self = .unknown(value.read())
}
{{/otherwiseSeveral}}
{{^hasOtherwise}}
self = .unknown(value.read())
{{/hasOtherwise}}

"""#
}
