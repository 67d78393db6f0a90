import Source
import SyntaxTree

/// One thing that `x-apus-oauth` can say of an authorization server, for which
/// OpenAPI's `oauth2` scheme has no words. A new one is a line of ``all``, a
/// property of the library's `OAuth2Scheme` with its use, and a line of
/// Documentation/Authentication.md.
public struct OAuthSetting: Hashable, Sendable {
    /// What its value may be.
    public enum Kind: Hashable, Sendable {
        case text
        case texts
        /// Texts by their name.
        case parameters
        case oneOf([String])
        /// `{schemes: […]}`.
        case schemes
    }

    /// What a description says.
    public enum Value: Hashable, Sendable {
        case text(String)
        case texts([String])
        case parameters([Parameter])
        /// One of the words of ``Kind/oneOf(_:)``.
        case word(String)
    }

    /// A text with a name.
    public struct Parameter: Hashable, Sendable {
        public var name: String
        public var value: String
    }

    /// The key.
    public let key: String
    public let kind: Kind

    public static let clientAuthentication = OAuthSetting(
        "clientAuthentication", .oneOf(["post", "basic", "none", "private_key_jwt", "client_secret_jwt"]))
    public static let dpop = OAuthSetting("dpop", .oneOf(["required", "supported", "none"]))
    public static let deviceAuthorizationURL = OAuthSetting("deviceAuthorizationUrl", .text)
    public static let pushedAuthorizationRequestURL = OAuthSetting("pushedAuthorizationRequestUrl", .text)
    public static let userInfoURL = OAuthSetting("userInfoUrl", .text)
    public static let endSessionURL = OAuthSetting("endSessionUrl", .text)
    public static let jwksURL = OAuthSetting("jwksUrl", .text)

    /// All of them, in the order of the parameters of `OAuth2Scheme.init`.
    public static let all: [OAuthSetting] = [
        deviceAuthorizationURL,
        pushedAuthorizationRequestURL,
        OAuthSetting("revocationUrl", .text),
        OAuthSetting("introspectionUrl", .text),
        userInfoURL,
        endSessionURL,
        jwksURL,
        OAuthSetting("tokenRequest", .oneOf(["form", "json"])),
        OAuthSetting("grantTypeIn", .oneOf(["body", "query"])),
        clientAuthentication,
        OAuthSetting("assertionAudience", .text),
        dpop,
        OAuthSetting("pkce", .oneOf(["required", "supported", "none"])),
        OAuthSetting("redirectURI", .schemes),
        OAuthSetting("scopeSeparator", .text),
        OAuthSetting("grantEndedErrors", .texts),
        OAuthSetting("extraParameters", .parameters),
        OAuthSetting("issuer", .text),
        OAuthSetting("resources", .texts),
    ]

    private init(_ key: String, _ kind: Kind) {
        self.key = key
        self.kind = kind
    }
}

/// What `x-apus-oauth` says, or `apus.yaml` in its place.
public struct OAuthExtensions: Hashable, Sendable {
    private var values: [OAuthSetting: OAuthSetting.Value] = [:]

    /// Nothing.
    public init() {}

    public subscript(setting: OAuthSetting) -> OAuthSetting.Value? { values[setting] }

    /// A setting that is a text or a word.
    public func text(_ setting: OAuthSetting) -> String? {
        switch values[setting] {
        case .text(let text)?, .word(let text)?: text
        default: nil
        }
    }

    /// Reads a mapping of settings.
    ///
    /// - Parameter report: Is told what cannot be used, and where that is.
    public init(_ node: Node, report: (String, SourceLocation) -> Void) {
        guard node.kind == .mapping else {
            report("what is said of OAuth should be a mapping", node.location)
            return
        }
        for (key, value) in node.members {
            guard let setting = OAuthSetting.all.first(where: { $0.key == key }) else {
                let known = OAuthSetting.all.map(\.key).joined(separator: ", ")
                report("`\(key)` is nothing that can be said of OAuth; known are \(known)", node.keyLocation(key) ?? value.location)
                continue
            }
            if let value = setting.value(of: value, report: report) { values[setting] = value }
        }
    }

    /// Takes over what another one says.
    public mutating func override(with other: OAuthExtensions) {
        values.merge(other.values) { $1 }
    }
}

extension OAuthSetting {
    fileprivate func value(of node: Node, report: (String, SourceLocation) -> Void) -> Value? {
        guard node.kind != .null else { return nil }
        func complain(_ what: String) -> Value? {
            report("`\(key)` should be \(what)", node.location)
            return nil
        }
        switch kind {
        case .text: return node.isScalar ? .text(node.text) : complain("a string")
        case .texts: return Self.texts(node).map(Value.texts) ?? complain("a list of strings")
        case .schemes: return node["schemes"].flatMap(Self.texts).map(Value.texts) ?? complain("a mapping with a list of strings, `schemes`")
        case .oneOf(let words):
            guard node.isScalar, words.contains(node.text) else { return complain("one of \(words.joined(separator: ", "))") }
            return .word(node.text)
        case .parameters:
            guard node.kind == .mapping, node.members.allSatisfy({ $0.value.isScalar }) else {
                return complain("a mapping from names to strings")
            }
            return .parameters(node.members.map { Parameter(name: $0.key, value: $0.value.text) })
        }
    }

    private static func texts(_ node: Node) -> [String]? {
        if node.isScalar { return [node.text] }
        guard node.kind == .sequence, node.elements.allSatisfy(\.isScalar) else { return nil }
        return node.elements.map(\.text)
    }
}
