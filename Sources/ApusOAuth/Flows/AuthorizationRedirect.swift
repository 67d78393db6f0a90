import ApusRuntime
import Foundation

/// What the authorization server's redirect says (RFC 6749 sections 4.1.2 and
/// 4.2.2), checked against the request it answers.
struct AuthorizationRedirect: Sendable {
    let parameters: [String: String]
    private let request: AuthorizationRequest

    /// - Throws: ``OAuth2Error/stateMismatch``, or
    ///   ``OAuth2Error/invalidRedirect(reason:)``.
    init(url: String, for request: AuthorizationRequest) throws(OAuth2Error) {
        // What a user has pasted may have line breaks, or what mail programs
        // put around URLs.
        let text = url.trimmingCharacters(in: .whitespacesAndNewlines.union(["<", ">", "\""]))
        let beforeFragment = text.prefix { $0 != "#" }
        // RFC 9700 section 4.4.2: the redirect URI tells servers apart, also
        // those that do not name themselves.
        guard Self.place(beforeFragment) == Self.place(request.redirectURI[...]) else {
            throw .invalidRedirect(reason: "it does not go to the redirect URI of the request")
        }
        let part: Substring
        switch request.responseType {
        case .code: part = beforeFragment.drop { $0 != "?" }.dropFirst()
        case .token:
            let fragment = text.dropFirst(beforeFragment.count).dropFirst()
            // Errors of a server that did not get as far as the response type.
            part = fragment.isEmpty ? beforeFragment.drop { $0 != "?" }.dropFirst() : fragment
        }
        var parameters: [String: String] = [:]
        for (name, value) in PercentEncoding.parameters(part) {
            // RFC 6749 section 3.1: never twice. Which one counts would be
            // anybody's guess.
            guard parameters.updateValue(value, forKey: name) == nil || !Self.known.contains(name) else {
                throw .invalidRedirect(reason: "the parameter \(name) occurs twice")
            }
        }
        guard parameters["state"] != nil || parameters["code"] != nil || parameters["error"] != nil
            || parameters["access_token"] != nil
        else { throw .invalidRedirect(reason: "it has no parameters of an authorization response") }

        guard let state = parameters["state"], ConstantTime.equal(state, request.state) else {
            throw .stateMismatch
        }
        self.request = request
        self.parameters = parameters
    }

    /// Uses the request up, if the server that is known by now has answered it.
    ///
    /// - Throws: ``OAuth2Error/issuerMismatch(expected:received:)``,
    ///   ``OAuth2Error/requestAlreadyUsed``, or the server's error.
    func accept(by scheme: OAuth2Scheme) throws(OAuth2Error) {
        if let issuer = scheme.issuer {
            let received = parameters["iss"] ?? (scheme.isIssuerInRedirects ? "" : issuer)
            guard IssuerIdentifier(issuer).matchesAnyTenant(received) || received == issuer else {
                throw .issuerMismatch(expected: issuer, received: Redaction([]).clean(received))
            }
        }
        // From here on the redirect is the answer to this request, be it good
        // or bad, and there is no second one.
        guard request.use.take() else { throw .requestAlreadyUsed }

        if let code = parameters["error"] {
            let redaction = Redaction([Secret(request.state)])
            throw .server(
                code: OAuth2Error.Code(rawValue: redaction.clean(code)),
                description: parameters["error_description"].map(redaction.clean),
                uri: parameters["error_uri"].map(redaction.clean),
                status: nil
            )
        }
    }

    /// The authorization code.
    var code: Secret {
        get throws(OAuth2Error) {
            guard let code = parameters["code"], !code.isEmpty else { throw .invalidRedirect(reason: "it has no code") }
            return Secret(code)
        }
    }

    /// The token response that the implicit grant carries in the fragment.
    func response(scopeSeparator: String) throws(OAuth2Error) -> TokenResponse {
        var members = parameters.mapValues { JSONValue.string($0) }
        members["state"] = nil
        // RFC 6749 section 4.2.2: no refresh token is issued this way, so one
        // that is here did not come from the server.
        members["refresh_token"] = nil
        // An ID token that came through the browser counts only with its
        // signature (OpenID Connect Core section 3.2.2.11).
        members["id_token"] = nil
        return try TokenResponse(members, scopeSeparator: scopeSeparator, status: 200)
    }

    /// A URI up to its query, with scheme and host in small letters and a path.
    private static func place(_ uri: Substring) -> String {
        let text = uri.prefix { $0 != "?" }
        guard let colon = text.firstRange(of: "://") else { return String(text) }
        let rest = text[colon.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        return text[..<colon.lowerBound].lowercased() + "://" + authority.lowercased() + (path.isEmpty ? "/" : path)
    }

    private static let known: Set<String> = [
        "state", "code", "iss", "error", "error_description", "error_uri", "access_token", "token_type", "expires_in",
        "scope",
    ]
}
