import Foundation
public import HTTPTypes

/// A user name and a password (RFC 7617), for the security scheme `http` with `basic`.
public struct BasicCredential: Credential {
    private let username: String
    private let password: Secret

    /// Creates a credential. Both texts are sent in UTF-8.
    ///
    /// - Parameter username: Without a colon, which would end it (RFC 7617 section 2).
    public init(username: String, password: Secret) {
        self.username = username
        self.password = password
    }

    /// Sets `Authorization: Basic …`.
    public func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {
        if username.utf8.contains(UInt8(ascii: ":")) {
            throw .failed(scheme: "basic", CredentialError.colonInUserName)
        }
        let text = username + ":" + password.exposed
        if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            throw .failed(scheme: "basic", CredentialError.illegalCharacters)
        }
        let value = "Basic " + Data(text.utf8).base64EncodedString()
        try request.headerFields.setSecret(.authorization, value, scheme: "basic")
    }
}

extension BasicCredential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "BasicCredential" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
