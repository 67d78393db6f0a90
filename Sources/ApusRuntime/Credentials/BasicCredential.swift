import Foundation
import HTTPTypes

/// A name and a password: `Authorization: Basic …` (RFC 7617), in UTF-8.
public struct BasicCredential: Credential {
    /// The name, which must not contain a colon.
    public var username: String

    /// The password.
    public var password: Secret

    public init(username: String, password: Secret) {
        self.username = username
        self.password = password
    }

    public func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {
        let pair = Data("\(username):\(password.exposed)".utf8)
        request.headerFields[.authorization] = "Basic " + pair.base64EncodedString()
    }
}
