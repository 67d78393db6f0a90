import ApusRuntime
import Foundation

/// What the user needs to sign in on another device (RFC 8628 section 3.2).
public struct DeviceAuthorization: Sendable {
    /// What the user types in, to be shown.
    public let userCode: String

    /// Where the user types it in.
    public let verificationURI: String

    /// The same with the code in it, for a link or a QR code.
    public let verificationURIComplete: String?

    /// When the code ends.
    public let expiresAt: Date

    /// How long to wait between two questions, in seconds.
    public let interval: Double

    let deviceCode: Secret
    let scopes: [String]

    init(_ response: EndpointResponse, scopes: [String], askedAt date: Date) throws(OAuth2Error) {
        func text(_ name: String) throws(OAuth2Error) -> String {
            guard case .string(let text)? = response.members[name], !text.isEmpty else {
                throw .invalidResponse(status: response.status, reason: "no \(name)")
            }
            return text
        }
        deviceCode = Secret(try text("device_code"))
        userCode = try text("user_code")
        // Older servers follow a draft that called it verification_url.
        verificationURI =
            response.members["verification_uri"] == nil ? try text("verification_url") : try text("verification_uri")
        verificationURIComplete = try? text("verification_uri_complete")
        // Both have to be there (section 3.2) or have a default; a quarter of
        // an hour where a server forgets the first.
        expiresAt = date.addingTimeInterval(TokenResponse.seconds(response.members["expires_in"]) ?? 900)
        interval = max(1, TokenResponse.seconds(response.members["interval"]) ?? 5)
        self.scopes = scopes
    }
}

extension DeviceAuthorization: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "DeviceAuthorization(\(verificationURI), expires: \(expiresAt))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror {
        Mirror(self, children: ["verificationURI": verificationURI, "expiresAt": expiresAt])
    }
}
