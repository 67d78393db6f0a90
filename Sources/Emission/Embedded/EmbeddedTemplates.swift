// Written by Scripts/embed-templates from Templates/. Do not edit.

enum EmbeddedTemplates {
    static let all: [String: String] = [
        "alias": `alias`,
        "authorization": `authorization`,
        "body": `body`,
        "choice": `choice`,
        "client": `client`,
        "constraintArguments": `constraintArguments`,
        "constraints": `constraints`,
        "documentation": `documentation`,
        "enum": `enum`,
        "error": `error`,
        "file": `file`,
        "headers": `headers`,
        "oauth": `oauth`,
        "operation": `operation`,
        "options": `options`,
        "otherwise": `otherwise`,
        "outcomes": `outcomes`,
        "pages": `pages`,
        "pagination": `pagination`,
        "path": `path`,
        "response": `response`,
        "scope": `scope`,
        "security": `security`,
        "server": `server`,
        "struct": `struct`,
        "union": `union`,
        "webhooks": `webhooks`,
    ]
}
