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
    /// The members that the body must have.
    let required: Set<String>
    let decode: @Sendable (Data) throws(JSONError) -> Event

    /// Creates a kind of event. Generated code does.
    ///
    /// - Parameters:
    ///   - fields: Header fields and the values that they may have.
    ///   - members: Members of the body and the values that they may have.
    ///   - required: Further members that the body must have, whatever their values.
    ///   - make: Makes the event of its body.
    public init<Body: JSONCoding>(
        _ name: String, fields: [String: [String]] = [:], members: [String: [String]] = [:],
        required: [String] = [], _ make: @escaping @Sendable (Body) -> Event
    ) {
        self.name = name
        self.fields = fields
        self.members = members
        self.required = Set(required).union(members.keys)
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
    ///     by the path. Without it, header fields and members with listed values decide first, then
    ///     which events the body can be read as, then which of these is the most specific.
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
