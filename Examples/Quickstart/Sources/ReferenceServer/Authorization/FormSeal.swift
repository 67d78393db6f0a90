import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// Makes sure that a login form is posted by the browser that it was shown to (RFC 6749 section 10.12). Without it,
/// a page of somebody else's could sign a visitor in under a foreign account.
struct FormSeal: Sendable {
    private let key = SymmetricKey(size: .bits256)

    /// A browser, told apart by a cookie that other sites can neither read nor set.
    struct Browser: Sendable {
        private let id: String

        private static let name = "browser"

        static func new() -> Browser { Browser(id: RandomText.fresh()) }

        private init(id: String) {
            self.id = id
        }

        /// The browser that sent a request; `nil` where it was never here.
        init?(_ request: Request) {
            guard let id = request.cookies[Self.name]?.value, id.utf8.count == 64,
                id.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
            else { return nil }
            self.id = id
        }

        /// For `Set-Cookie`. It is not `Secure`, as this server speaks http on a loopback address.
        var cookie: String { "\(Self.name)=\(id); Path=/oauth/authorize; HttpOnly; SameSite=Lax" }

        fileprivate var text: String { id }
    }

    /// The hidden field of a form: when it was shown, and a signature.
    func token(for fields: [String], in browser: Browser, at date: Date) -> String {
        let seconds = String(Int(date.timeIntervalSince1970))
        let code = HMAC<SHA256>.authenticationCode(for: Self.text(seconds, fields, browser), using: key)
        return "\(seconds).\(Data(code).base64EncodedString())"
    }

    /// Whether a form was shown to this browser, for the same fields, less than ten minutes ago.
    func isGenuine(_ token: String, for fields: [String], in browser: Browser, at date: Date) -> Bool {
        let parts = token.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let code = Data(base64Encoded: String(parts[1])),
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Self.text(String(parts[0]), fields, browser), using: key),
            let shown = Double(parts[0])
        else { return false }
        return (0..<600).contains(date.timeIntervalSince1970.rounded(.down) - shown)
    }

    /// Each part with its length, so that no two lists give the same text.
    private static func text(_ seconds: String, _ fields: [String], _ browser: Browser) -> Data {
        Data(([seconds, browser.text] + fields).map { "\($0.utf8.count):\($0)" }.joined().utf8)
    }
}
