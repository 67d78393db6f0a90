import ApusRuntime

/// What a client can show for a token (RFC 6749 section 1.3), and how a token
/// request says it. Each flow makes its own, in its own file in `Flows`.
struct Grant: Sendable {
    typealias Parameter = EndpointRequest.Parameter

    /// `grant_type`.
    var type: String
    /// What the token request says beside what every one says.
    var parameters: [Parameter]
    /// What is asked for.
    var scopes: [String]
    /// Whether the token request names the scopes. Where it does not, a request
    /// before it has.
    var namesScopes: Bool
    /// What no error may show.
    var secrets: [Secret]
    /// Of a refresh: the `grant_type` that has brought the first token.
    var renewed: String?

    init(
        _ type: String, _ parameters: [Parameter] = [], scopes: [String] = [], namesScopes: Bool = true,
        secrets: [Secret] = [], renewed: String? = nil
    ) {
        self.type = type
        self.parameters = parameters
        self.scopes = scopes
        self.namesScopes = namesScopes
        self.secrets = secrets
        self.renewed = renewed
    }
}
