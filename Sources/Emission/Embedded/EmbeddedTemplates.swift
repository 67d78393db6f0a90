// Written by Scripts/embed-templates from Templates/. Do not edit.

enum EmbeddedTemplates {
    static let all: [String: String] = [
        "alias": `alias`,
        "authorization": `authorization`,
        "choice": `choice`,
        "client": `client`,
        "documentation": `documentation`,
        "enum": `enum`,
        "error": `error`,
        "file": `file`,
        "headers": `headers`,
        "oauth": `oauth`,
        "operation": `operation`,
        "otherwise": `otherwise`,
        "outcomes": `outcomes`,
        "scope": `scope`,
        "server": `server`,
        "struct": `struct`,
        "union": `union`,
    ]
}
