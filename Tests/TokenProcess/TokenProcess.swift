import ApusOAuth
import ApusRuntime
import Foundation
import HTTPTypes

/// A program of its own that shares a file of tokens with others: what
/// `ProcessTests` proves of several processes, it proves with this.
@main struct TokenProcess {
    private let session: OAuth2Session
    private let context: CredentialContext
    private let clock = ShiftedClock()
    private let expected: String

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5 else {
            say("usage: TokenProcess together|full|late SERVER FILE EXPECTED-TOKEN")
            exit(2)
        }
        let program = TokenProcess(server: arguments[2], file: arguments[3], expected: arguments[4])
        switch arguments[1] {
        case "full": try await program.full()
        case "late": await program.late()
        default: try await program.together()
        }
    }

    private init(server: String, file: String, expected: String) {
        context = CredentialContext(serverURL: server, transport: URLSessionTransport())
        session = OAuth2Session(
            scheme: OAuth2Scheme(name: "oauth2", tokenURL: "/token", revocationURL: "/revoke"), client: OAuth2Client(id: "client-id"),
            store: .file(URL(fileURLWithPath: file)), context: context, clock: clock)
        self.expected = "Bearer " + expected
    }

    /// The test lets several of these go at the same moment.
    private func together() async throws {
        Self.say("ready")
        _ = readLine()
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { try await isAuthorized() } }
            return try await group.reduce(into: 0) { if $1 { $0 += 1 } }
        }
        Self.say("\(right) of 50")
    }

    /// A refresh that another process signs out meanwhile.
    private func late() async {
        Self.say("ready")
        _ = readLine()
        do {
            Self.say(try await isAuthorized() ? "used" : "not used")
        } catch AuthorizationError.signInRequired {
            Self.say("signed out")
        } catch {
            Self.say("\(error)")
        }
    }

    /// A refresh while no file can be written, as on a full disk.
    private func full() async throws {
        var states = session.states.makeAsyncIterator()
        try await session.restore()
        _ = signal(SIGXFSZ, SIG_IGN)
        Self.setLargestFile(0)
        let isUsed = try await isAuthorized()
        for _ in 0..<3 {
            if case .unsaved(let error)? = await states.next() { Self.say((isUsed ? "used " : "not used ") + "\(error)") }
        }
        Self.setLargestFile(.max)
        Self.say("ready")
        _ = readLine()
        clock.advance(11)
        Self.say(try await isAuthorized() ? "used" : "not used")
    }

    /// Whether a request gets the token that is expected.
    private func isAuthorized() async throws -> Bool {
        var request = HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1", path: "/")
        try await session.authorize(&request, scopes: [], context: context)
        return request.headerFields[.authorization] == expected
    }

    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    private static func setLargestFile(_ bytes: rlim_t) {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        #else
            let resource = RLIMIT_FSIZE
        #endif
        var limit = rlimit()
        _ = getrlimit(resource, &limit)
        limit.rlim_cur = min(bytes, limit.rlim_max)
        _ = setrlimit(resource, &limit)
    }
}

/// The system's clock, which can be put forward.
private final class ShiftedClock: CallClock, @unchecked Sendable {
    private let system = SystemCallClock()
    private let lock = NSLock()
    private var shift = 0.0

    var now: Duration { system.now + .seconds(lock.withLock { shift }) }
    var date: Date { Date().addingTimeInterval(lock.withLock { shift }) }

    func advance(_ seconds: Double) { lock.withLock { shift += seconds } }

    func sleep(for duration: Duration) async throws { try await system.sleep(for: duration) }

    func alarm(after duration: Duration) async throws { try await system.alarm(after: duration) }
}
