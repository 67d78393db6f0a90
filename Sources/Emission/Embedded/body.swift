// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `body` = #"""
{{call}}({{[}}
    {{localName}}{{,}}
    {{#nilAsNull}}nilAsNull: true{{,}}{{/nilAsNull}}
    {{#contentType}}contentType: {{contentType}}{{,}}{{/contentType}}
    {{#mediaType}}mediaType: {{mediaType}}{{,}}{{/mediaType}}
    {{#constraints}}checking: {{> constraints}}{{,}}{{/constraints}}
    {{#hasStyles}}
    styles: [{{[}}
        {{#styles}}
        {{key}}: .init({{[}}
            .{{style}}{{,}}
            explode: {{explode}}{{,}}
            {{#allowReserved}}allowReserved: true{{,}}{{/allowReserved}}
        {{]}}){{,}}
        {{/styles}}
    {{]}}]{{,}}
    {{/hasStyles}}
{{]}})

"""#
}
