/// The values of `grant_type` that this library sends.
enum GrantType {
    static let authorizationCode = "authorization_code"
    static let password = "password"
    static let clientCredentials = "client_credentials"
    static let refreshToken = "refresh_token"
    static let deviceCode = "urn:ietf:params:oauth:grant-type:device_code"
    static let jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    static let tokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange"
    /// Not sent: the implicit grant has no token request.
    static let implicit = "implicit"
}
