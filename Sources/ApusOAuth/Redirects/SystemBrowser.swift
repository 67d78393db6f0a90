#if os(macOS) || os(Linux)
    import Foundation

    /// The user's browser.
    public enum SystemBrowser {
        /// There is no program that opens pages, as on a machine without a
        /// screen. Show the user the address.
        public struct NotFound: Error, Sendable, Hashable {}

        /// The program that opens pages could not be started.
        struct NotStarted: SignInFault {
            var sentence: String { "the browser could not be started" }
        }

        /// Opens a page: on macOS by `open`, on Linux by `xdg-open` or what the
        /// variable `BROWSER` names.
        ///
        /// - Parameter url: An https URL, or an http one.
        /// - Throws: ``OAuth2Error/transport(_:)`` with ``NotFound``, or with
        ///   why the program did not start.
        public static func open(_ url: String) throws(OAuth2Error) {
            try open(url, environment: ProcessInfo.processInfo.environment)
        }

        static func open(_ url: String, environment: [String: String]) throws(OAuth2Error) {
            // Nothing that a program might take for an option or a command.
            guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
                throw .invalidEndpoint(url: String(url.prefix { $0 != "?" && $0 != "#" }))
            }
            guard let program = program(environment) else { throw .transport(NotFound()) }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = [url]
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            // Not waited for: some browsers are the program, and end with it.
            do { try process.run() } catch { throw .transport(NotStarted()) }
        }

        private static func program(_ environment: [String: String]) -> String? {
            #if os(macOS)
                return "/usr/bin/open"
            #else
                let wanted = (environment["BROWSER"]?.split(separator: ":").map(String.init) ?? []) + ["xdg-open"]
                let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(String.init)
                for name in wanted {
                    let candidates = name.hasPrefix("/") ? [name] : folders.map { $0 + "/" + name }
                    if let found = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) { return found }
                }
                return nil
            #endif
        }
    }

    extension SystemBrowser.NotFound: SignInFault {
        var sentence: String { "there is no program on this machine that opens pages" }
    }

    extension OAuth2Session {
        /// Signs in through the user's browser, for command-line and desktop
        /// programs (RFC 8252 section 7.3): opens the authorization server's
        /// page and waits for the redirect on this machine.
        ///
        /// - Parameters:
        ///   - path: The path of the redirect URI, as it is registered.
        ///   - host: How the redirect URI names this machine.
        ///   - port: The port, where the server compares it; 0 for one of the
        ///     system's choice.
        ///   - scopes: What to ask for.
        ///   - parameters: What else to ask for, such as a new sign-in.
        ///   - limit: How long to wait for the user.
        ///   - open: Opens a page. One of your own can print the address
        ///     where there is no browser.
        /// - Throws: As ``LoopbackReceiver/redirect(for:within:)`` and
        ///   ``signIn(redirectedTo:for:)`` do, or what `open` throws as
        ///   ``OAuth2Error/transport(_:)``.
        public func signInWithBrowser(
            path: String = "/callback", host: LoopbackReceiver.Host = .ipv4, port: UInt16 = 0, scopes: [String] = [],
            parameters: AuthorizationParameters = AuthorizationParameters(), within limit: Duration = .seconds(300),
            open: @Sendable (_ url: String) async throws -> Void = { try SystemBrowser.open($0) }
        ) async throws(OAuth2Error) {
            try await discover()
            let receiver = try LoopbackReceiver(path: path, host: host, port: port)
            let request = try authorizationRequest(
                redirectURI: receiver.redirectURI, scopes: scopes, parameters: parameters)
            do { try await open(request.url) } catch {
                throw (error as? OAuth2Error) ?? .transport(error)
            }
            let url = try await receiver.redirect(for: request, within: limit)
            try await signIn(redirectedTo: url, for: request)
        }
    }
#endif
