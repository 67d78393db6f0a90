#if canImport(AuthenticationServices) && (os(iOS) || os(macOS) || os(visionOS))
    import AuthenticationServices
    import Foundation

    /// Shows the authorization server's page in the system's sign-in sheet, an
    /// `ASWebAuthenticationSession` (RFC 8252 appendix B.1 and B.4).
    ///
    ///     let request = try api.oauth2.authorizationRequest(redirectURI: "com.example.app:/signed-in")
    ///     let url = try await WebAuthenticationPresenter(anchor: window).redirect(for: request)
    ///     try await api.oauth2.signIn(redirectedTo: url, for: request)
    @MainActor
    public final class WebAuthenticationPresenter: NSObject, ASWebAuthenticationPresentationContextProviding {
        private let anchor: ASPresentationAnchor
        private let isEphemeral: Bool
        private var session: ASWebAuthenticationSession?

        /// Creates a presenter.
        ///
        /// - Parameters:
        ///   - anchor: The window that the sheet belongs to.
        ///   - isEphemeral: Whether the sheet knows nothing of earlier
        ///     sign-ins, and nothing of this one is kept.
        public init(anchor: ASPresentationAnchor, isEphemeral: Bool = false) {
            self.anchor = anchor
            self.isEphemeral = isEphemeral
        }

        /// Shows the page until the server has redirected.
        ///
        /// - Returns: The whole URL, for ``OAuth2Session/signIn(redirectedTo:for:)``.
        /// - Throws: ``OAuth2Error/cancelled`` when the user closes the sheet
        ///   or the task is cancelled, ``OAuth2Error/redirectURINotAllowed(reason:)``
        ///   for an https redirect URI on a system before iOS 17.4 and macOS 14.4.
        public func redirect(for request: AuthorizationRequest) async throws(OAuth2Error) -> String {
            guard let url = URL(string: request.url) else {
                throw .invalidEndpoint(url: String(request.url.prefix { $0 != "?" }))
            }
            let answer = OneAnswer<Result<String, OAuth2Error>>()
            if let session = session(url, redirectURI: request.redirectURI, answer: { answer.give($0) }) {
                session.presentationContextProvider = self
                session.prefersEphemeralWebBrowserSession = isEphemeral
                // Kept until the next one: there are systems that crash where it
                // goes while its sheet does.
                self.session = session
                if !session.start() { answer.give(.failure(.cancelled)) }
            }
            return try await withTaskCancellationHandler {
                await answer.value()
            } onCancel: {
                // That the sheet answers after it was cancelled is not promised.
                answer.give(.failure(.cancelled))
                Task { @MainActor in self.session?.cancel() }
            }.get()
        }

        public func presentationAnchor(for session: ASWebAuthenticationSession) -> ASPresentationAnchor { anchor }

        /// `nil` where the redirect URI cannot be waited for, which `answer` is told.
        private func session(
            _ url: URL, redirectURI: String, answer: @escaping @Sendable (Result<String, OAuth2Error>) -> Void
        ) -> ASWebAuthenticationSession? {
            let completion: @Sendable (URL?, (any Error)?) -> Void = { url, error in
                if let url { return answer(.success(url.absoluteString)) }
                if let error = error as? ASWebAuthenticationSessionError, error.code != .canceledLogin {
                    return answer(.failure(.transport(error)))
                }
                answer(.failure(.cancelled))
            }
            let redirect = URLComponents(string: redirectURI)
            guard redirect?.scheme?.lowercased() == "https", let host = redirect?.host else {
                return ASWebAuthenticationSession(
                    url: url, callbackURLScheme: redirect?.scheme, completionHandler: completion)
            }
            guard #available(iOS 17.4, macOS 14.4, visionOS 1.1, *) else {
                answer(.failure(.redirectURINotAllowed(
                    reason: "the sign-in sheet takes https from iOS 17.4 and macOS 14.4 on")))
                return nil
            }
            return ASWebAuthenticationSession(
                url: url, callback: .https(host: host, path: redirect?.path ?? "/"), completionHandler: completion)
        }
    }
#endif
