// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `options` = #"""
{{#deadline}}
core.options.deadline = .milliseconds({{deadline}})
{{/deadline}}
{{#attemptTimeout}}
core.options.attemptTimeout = .milliseconds({{attemptTimeout}})
{{/attemptTimeout}}
{{#maximumRetries}}
core.options.retries.maximumRetries = {{maximumRetries}}
{{/maximumRetries}}
{{#longestRetryAfter}}
core.options.retries.longestRetryAfter = .milliseconds({{longestRetryAfter}})
{{/longestRetryAfter}}
{{#idempotencyKeyHeader}}
core.options.idempotencyKeyHeader = .init({{idempotencyKeyHeader}})
{{/idempotencyKeyHeader}}
{{#userAgent}}
core.options.userAgent = {{userAgent}}
{{/userAgent}}
{{#headerFields}}
core.options.headerFields[.init({{key}})!] = {{value}}
{{/headerFields}}
{{#hasOrigins}}
core.options.credentialOrigins = [{{[}}{{#origins}}{{.}}{{,}}{{/origins}}{{]}}]
{{/hasOrigins}}

"""#
}
