import ApusRuntime
import Foundation

/// The rules for redirect URIs: RFC 6749 section 3.1.2, RFC 8252 section 7 and
/// what the scheme itself allows.
enum RedirectURI {
    /// - Parameters:
    ///   - uri: The redirect URI.
    ///   - schemes: The URI schemes that are allowed; empty for those of RFC
    ///     8252.
    static func check(_ uri: String, schemes: [String]) throws(OAuth2Error) {
        func refuse(_ reason: String) -> OAuth2Error { .redirectURINotAllowed(reason: reason) }

        guard !uri.isEmpty, uri.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw refuse("it is empty or has characters that no URI has")
        }
        guard let colon = uri.firstIndex(of: ":"), isScheme(uri[..<colon]) else {
            throw refuse("it is not an absolute URI")
        }
        guard !uri.contains("#") else { throw refuse("it has a fragment") }
        let scheme = uri[..<colon].lowercased()
        let isWeb = scheme == "https" || scheme == "http"
        let host = isWeb ? host(of: uri[uri.index(after: colon)...]) : nil
        if isWeb, host == nil { throw refuse("it has no host") }

        if !schemes.isEmpty {
            let allowed = schemes.map { $0.lowercased() }
            guard allowed.contains(scheme) else {
                throw refuse("its scheme is \(scheme), and this server demands \(allowed.joined(separator: " or "))")
            }
        } else if !isWeb, !scheme.contains(".") {
            throw refuse(
                "its scheme is \(scheme); allowed are https, http on a loopback address, and private-use schemes, "
                    + "which have a period in their name (RFC 8252 section 7.1)"
            )
        }
        if scheme == "http", let host, !LoopbackAddress.isLoopback(host: host) {
            throw refuse("plain http is for loopback addresses only, and \(host) is none; use https")
        }
    }

    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    }

    /// The host of `//host:port/…`, without a user name.
    private static func host(of text: Substring) -> String? {
        guard text.hasPrefix("//") else { return nil }
        let rest = text.dropFirst(2)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "\\" }
        return Authority(authority)?.hostWithoutBrackets
    }
}
