public import ApusRuntime
public import Foundation
public import HTTPTypes

/// What an API sends by itself: the enum that is generated of its webhooks and callbacks.
public protocol WebhookEvents: Sendable {
    /// What may come, and how it is told apart.
    static var kinds: [WebhookKind<Self>] { get }
}

/// One of the events that an API sends.
public struct WebhookKind<Event: Sendable>: Sendable {
    /// What the description calls it.
    public let name: String

    /// What header fields must be.
    let fields: [String: [String]]
    /// What members of the body must be.
    let members: [String: [String]]
    let decode: @Sendable (Data) throws(JSONError) -> Event

    /// Creates a kind of event. Generated code does.
    ///
    /// - Parameters:
    ///   - fields: Header fields and the values that they may have.
    ///   - members: Members of the body and the values that they may have.
    ///   - make: Makes the event of its body.
    public init<Body: JSONCoding>(
        _ name: String, fields: [String: [String]] = [:], members: [String: [String]] = [:],
        _ make: @escaping @Sendable (Body) -> Event
    ) {
        self.name = name
        self.fields = fields
        self.members = members
        decode = { data throws(JSONError) in make(try JSON.decode(Body.self, from: data)) }
    }
}

/// Takes the requests that an API sends.
///
///     let receiver = WebhookReceiver<ShopAPI.WebhookEvent>(verifiedBy: try .standard(secrets: [secret]))
///     switch try receiver.verifyAndDecode(headers: headers, body: body) { … }
public struct WebhookReceiver<Event: WebhookEvents>: Sendable {
    private let verifier: WebhookVerifier
    private let replayGuard: ReplayGuard?

    /// Creates a receiver.
    ///
    /// - Parameter replayGuard: What keeps away messages that have come before; `nil` where
    ///   the application does that, such as by their IDs in its database.
    public init(verifiedBy verifier: WebhookVerifier, replayGuard: ReplayGuard? = nil) {
        self.verifier = verifier
        self.replayGuard = replayGuard
    }

    /// Verifies a request and reads the event in it.
    ///
    /// - Parameters:
    ///   - headers: The request's header fields.
    ///   - body: Its body, byte for byte as it came.
    ///   - name: Which event it is, by its name in the description, where that is known, such as
    ///     by the path. Else header fields and members that can have only one value tell, and then what
    ///     the body can be read as.
    ///   - now: The time to compare with.
    public func verifyAndDecode(
        headers: HTTPFields, body: Data, as name: String? = nil, now: Date = Date()
    ) throws(WebhookError) -> Event {
        try take(headers, body, name, now).event
    }

    /// Verifies a request and deals with the event in it. If that throws, the message
    /// counts as not taken, and the sender's next try is.
    public func process<Result>(
        headers: HTTPFields, body: Data, as name: String? = nil, now: Date = Date(), _ handle: (Event) async throws -> Result
    ) async throws -> Result {
        let (event, message) = try take(headers, body, name, now)
        do {
            return try await handle(event)
        } catch {
            replayGuard?.forget(message)
            throw error
        }
    }

    /// Reads the event in a request that anybody may have sent: for tests, and behind a
    /// gateway that has verified it.
    public static func unverified(headers: HTTPFields, body: Data, as name: String? = nil) throws(WebhookError) -> Event {
        try WebhookReading(Event.kinds, name).event(headers, body)
    }

    private func take(
        _ headers: HTTPFields, _ body: Data, _ name: String?, _ now: Date
    ) throws(WebhookError) -> (event: Event, message: VerifiedWebhook) {
        let message = try verifier.verify(headers: headers, body: body, now: now)
        if let replayGuard, !replayGuard.take(message) { throw .replayed }
        do throws(WebhookError) {
            return (try WebhookReading(Event.kinds, name).event(headers, body), message)
        } catch {
            replayGuard?.forget(message)
            throw error
        }
    }
}

/// Finds out which event a request brings.
struct WebhookReading<Event: Sendable> {
    private let kinds: [WebhookKind<Event>]

    init(_ kinds: [WebhookKind<Event>], _ name: String?) {
        self.kinds = name.map { name in kinds.filter { $0.name == name } } ?? kinds
    }

    func event(_ headers: HTTPFields, _ body: Data) throws(WebhookError) -> Event {
        var members: [String: JSONValue] = [:]
        if kinds.contains(where: { !$0.members.isEmpty }) {
            // A body that is no object is for the kinds that say nothing of members.
            members = (try? JSON.decode([String: JSONValue].self, from: body)) ?? [:]
        }
        let possible = kinds.filter { kind in
            kind.fields.allSatisfy { name, values in HTTPField.Name(name).flatMap { headers[$0] }.map { values.contains($0) } ?? false }
                && kind.members.allSatisfy { name, values in members[name].flatMap(Self.text).map { values.contains($0) } ?? false }
        }
        // The more a kind says of itself, the less it is by accident.
        let most = possible.map { $0.fields.count + $0.members.count }.max() ?? 0
        let candidates = possible.filter { $0.fields.count + $0.members.count == most }
        var found: [(name: String, event: Event)] = []
        var failure: JSONError?
        for kind in candidates {
            do throws(JSONError) {
                found.append((kind.name, try kind.decode(body)))
            } catch {
                failure = failure ?? error
            }
        }
        if found.count > 1 { throw .ambiguousEvent(found.map(\.name).sorted()) }
        if let event = found.first?.event { return event }
        if candidates.count == 1, let failure { throw .decoding(failure) }
        throw .unknownEvent
    }

    /// A scalar as a description writes it.
    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let flag): "\(flag)"
        case .number(let number): "\(number)"
        default: nil
        }
    }
}
