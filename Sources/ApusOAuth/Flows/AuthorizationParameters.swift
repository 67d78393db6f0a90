/// What one authorization request asks for beside its scopes (OpenID Connect
/// Core section 3.1.2.1).
public struct AuthorizationParameters: Sendable, Hashable {
    /// What the server is to ask the user.
    public struct Prompt: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public init(stringLiteral value: String) {
            rawValue = value
        }

        /// Nothing: an error where the user would have to do something.
        public static let none: Prompt = "none"
        /// To sign in again.
        public static let login: Prompt = "login"
        /// To consent again.
        public static let consent: Prompt = "consent"
        /// To choose an account.
        public static let selectAccount: Prompt = "select_account"
        /// To make an account (Initiating User Registration via OpenID Connect).
        public static let create: Prompt = "create"
    }

    /// What the user is to be asked; empty for the server's choice.
    public var prompt: [Prompt]
    /// Who will probably sign in, such as a mail address.
    public var loginHint: String?
    /// How long ago the user may have signed in at the server, in seconds. The
    /// ID token must say when that was, and an older sign-in is refused.
    public var maxAge: Int?
    /// The user's languages, the best first, as BCP 47 tags.
    public var uiLocales: [String]
    /// The authentication context classes that are wanted, the best first.
    public var acrValues: [String]
    /// What else the server knows. It takes the place of an extra parameter of
    /// the scheme; what ties the answer to the request cannot be replaced.
    public var additional: [String: String]

    /// Creates parameters.
    public init(
        prompt: [Prompt] = [], loginHint: String? = nil, maxAge: Int? = nil, uiLocales: [String] = [],
        acrValues: [String] = [], additional: [String: String] = [:]
    ) {
        self.prompt = prompt
        self.loginHint = loginHint
        self.maxAge = maxAge
        self.uiLocales = uiLocales
        self.acrValues = acrValues
        self.additional = additional
    }

    /// In the order they are sent.
    var pairs: [(name: String, value: String)] {
        var pairs: [(name: String, value: String)] = []
        func add(_ name: String, _ values: [String]) {
            if !values.isEmpty { pairs.append((name, values.joined(separator: " "))) }
        }
        add("prompt", prompt.map(\.rawValue))
        add("login_hint", [loginHint].compactMap { $0 })
        add("max_age", [maxAge].compactMap { $0.map(String.init) })
        add("ui_locales", uiLocales)
        add("acr_values", acrValues)
        let taken = Set(pairs.map(\.name))
        return pairs + additional.sorted { $0.key < $1.key }.filter { !taken.contains($0.key) }.map { ($0.key, $0.value) }
    }
}

// A hint may be a mail address.
extension AuthorizationParameters: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "AuthorizationParameters" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["prompt": prompt, "maxAge": maxAge as Any]) }
}
