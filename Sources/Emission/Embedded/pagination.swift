// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `pagination` = #"""
.{{style}}{{#hasArguments}}({{[}}
    {{#parameter}}{{#place}}.{{place}}({{key}}){{/place}}{{^place}}{{key}}{{/place}}{{,}}{{/parameter}}
    {{#next}}{{label}}{{#place}}.{{place}}({{key}}){{/place}}{{^place}}{{key}}{{/place}}{{,}}{{/next}}
    {{#first}}first: {{first}}{{,}}{{/first}}
    {{#hasMore}}hasMore: {{hasMore}}{{,}}{{/hasMore}}
    {{#isLast}}isLast: {{isLast}}{{,}}{{/isLast}}
    {{#total}}total: {{total}}{{,}}{{/total}}
    {{#totalPages}}totalPages: {{totalPages}}{{,}}{{/totalPages}}
{{]}}){{/hasArguments}}

"""#
}
