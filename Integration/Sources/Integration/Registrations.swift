import Clients
import Foundation

/// Whom every server knows before its first request. Servers/ has the other side.
enum Registrations {
    static let username = "mia@example.com"
    static let password: Secret = "correct horse battery staple"

    /// Where redirects go that a form browser catches: nobody listens there.
    static let redirectURI = "http://127.0.0.1/callback"

    /// Where the browser goes after a sign-out at the server.
    static let redirectURIAfterSignOut = "http://127.0.0.1/signed-out"

    static let redirectURIOfReference = "https://app.example/signed-in"

    static let confidential = OAuth2Client(id: "confidential", secret: "confidential-secret")

    static let `public` = OAuth2Client(id: "public")

    /// Knows no more of the server than what the server says of itself.
    static let discoverer = OAuth2Client(id: "discoverer", secret: "discoverer-secret")

    /// Nobody has ever let it have anything, so the server has to ask.
    static let refused = OAuth2Client(id: "refused")

    /// Has no user.
    static let machine = OAuth2Client(id: "machine", secret: "machine-secret")

    /// Has no user either. The colon and the spaces in its secret tell whether
    /// HTTP Basic is encoded as RFC 6749 section 2.3.1 has it.
    static let awkward = OAuth2Client(id: "awkward", secret: "a secret: with a colon")

    /// May ask users for their passwords.
    static let firstParty = OAuth2Client(id: "first-party", secret: "first-party-secret")

    /// Has no browser.
    static let device = OAuth2Client(id: "device")

    static let reference = OAuth2Client(id: "reference", secret: "reference-secret")

    /// Authenticates with a key, which `run` makes anew and shows to the
    /// servers as well.
    static func keyHolder() throws -> OAuth2Client { OAuth2Client(id: "key-holder", key: try key()) }

    static func key() throws -> ES256Key {
        guard let path = ProcessInfo.processInfo.environment["CLIENT_KEY"] else {
            throw Unexpected("CLIENT_KEY names no file with a key")
        }
        return try ES256Key(pem: Secret(try String(contentsOfFile: path, encoding: .utf8)))
    }
}
