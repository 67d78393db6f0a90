// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `path` = #"""
{{#path}}{{literal}}{{#localName}}\({{localName}}{{#isJSON}}, .json{{/isJSON}}{{#style}}, .{{style}}{{/style}}{{#key}}, name: {{key}}{{/key}}{{#explode}}, explode: {{explode}}{{/explode}}{{#allowsEmpty}}, allowsEmpty: true{{/allowsEmpty}}){{/localName}}{{/path}}

"""#
}
