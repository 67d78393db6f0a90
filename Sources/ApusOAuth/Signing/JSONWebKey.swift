import ApusRuntime
import Foundation

#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif

/// A public key as JSON (RFC 7517), to be registered at an authorization
/// server.
public struct JSONWebKey: Sendable, Hashable {
    /// The members that make the key: `kty`, and for a curve `crv`, `x` and
    /// `y`.
    public let members: [String: String]

    /// Creates a key of the members that RFC 7638 section 3.2 lists for its
    /// type.
    public init(members: [String: String]) {
        self.members = members
    }

    /// The key's SHA-256 thumbprint (RFC 7638 section 3).
    public var thumbprint: String { Base64URL.encode(Data(SHA256.hash(data: Data(json.utf8)))) }

    /// The key on one line, its members in the order of their names.
    public var json: String {
        // Base64url and the names of curves need no escapes.
        "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",") + "}"
    }
}
