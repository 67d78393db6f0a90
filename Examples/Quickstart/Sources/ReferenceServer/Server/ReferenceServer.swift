import Foundation
import Hummingbird

/// The API of `Specs/reference.yaml`, served on this machine from memory: real
/// tokens, real expiry and rotation, a real login form and honest errors.
///
/// It listens on 127.0.0.1 only. What it knows is gone when it is released.
public final class ReferenceServer: Sendable {
    /// The port that the server listens on.
    public let port: Int

    private let run: Task<Void, any Error>
    private let tally: Tally

    private init(port: Int, run: Task<Void, any Error>, tally: Tally) {
        self.port = port
        self.run = run
        self.tally = tally
    }

    /// The base URL, without a slash at the end.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// What was asked of the server so far.
    public var counters: Counters { tally.counters }

    /// Starts a server and waits until it listens.
    ///
    /// - Throws: ``StartError``, or why the port could not be bound.
    public static func start(_ configuration: Configuration) async throws -> ReferenceServer {
        let tally = Tally()
        let (ports, announcement) = AsyncThrowingStream.makeStream(of: Int?.self)
        var application = Application(
            router: try routes(configuration, tally),
            configuration: .init(address: .hostname("127.0.0.1", port: configuration.port)),
            onServerRunning: { announcement.yield($0.localAddress?.port) }
        )
        // The web server's own log would stand between the lines of whoever
        // embeds it; `Configuration.log` is the one to use.
        application.logger.logLevel = .critical
        let run = Task { [application] in
            do {
                try await application.run()
                announcement.finish()
            } catch {
                announcement.finish(throwing: error)
                throw error
            }
        }
        for try await port in ports {
            guard let port else { break }
            return ReferenceServer(port: port, run: run, tally: tally)
        }
        run.cancel()
        throw StartError.notListening
    }

    /// Stops the server and waits until its port is free. Requests that are
    /// under way are broken off.
    public func stop() async {
        run.cancel()
        // It ends with an error or without; it ends.
        _ = await run.result
    }

    deinit { run.cancel() }

    /// Why a server did not start.
    public enum StartError: Error, Hashable {
        /// A redirect URI that is registered for a client is not https.
        case redirectURINotHTTPS(String)
        /// Two clients have the same id.
        case duplicateClient(id: String)
        /// The server came to an end before it listened.
        case notListening
    }

    private static func routes(
        _ configuration: Configuration, _ tally: Tally
    ) throws(StartError) -> Router<BasicRequestContext> {
        let clients = try ClientRegistry(configuration.clients)
        let accounts = Accounts(hashRounds: configuration.passwordHashRounds, now: configuration.now)
        let grants = Grants(
            lifetimes: .init(
                accessToken: configuration.accessTokenLifetime, refreshToken: configuration.refreshTokenLifetime,
                code: configuration.codeLifetime
            ),
            now: configuration.now
        )
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: RequestLogging(log: configuration.log))
        AuthorizationEndpoint(clients: clients, accounts: accounts, grants: grants, now: configuration.now)
            .add(to: router)
        TokenEndpoint(
            clients: clients, accounts: accounts, grants: grants, lifetime: configuration.accessTokenLifetime,
            tally: tally
        ).add(to: router)
        RevocationEndpoint(clients: clients, grants: grants).add(to: router)
        let guardian = BearerAuthentication(grants: grants, tally: tally)
        CountriesEndpoint(authentication: guardian).add(to: router)
        UsersEndpoint(accounts: accounts, authentication: guardian, tally: tally).add(to: router)
        return router
    }
}
