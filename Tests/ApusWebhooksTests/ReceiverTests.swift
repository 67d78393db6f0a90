import ApusRuntime
import ApusWebhooks
import Foundation
import HTTPTypes
import Testing

/// What the generator makes of a description, in small.
private enum ShopEvent: WebhookEvents, Hashable {
    case paid(Order)
    case refunded(Order)
    case stock(Stock)
    case ping(Ping)
    case pong(Ping)

    static let kinds: [WebhookKind<Self>] = [
        .init("order.paid", members: ["type": ["order.paid"]], Self.paid),
        .init("order.refunded", members: ["type": ["order.refunded", "order.partlyRefunded"]], Self.refunded),
        .init("stock", fields: ["X-Event": ["stock"]], Self.stock),
        .init("ping", Self.ping),
        .init("pong", Self.pong),
    ]
}

private struct Order: JSONCodable, Hashable {
    var type: String
    var id: Int

    init(from object: inout ObjectReader) {
        type = object.required("type")
        id = object.required("id")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("type", type)
        object.required("id", id)
    }
}

private struct Stock: JSONCodable, Hashable {
    var left: Int

    init(from object: inout ObjectReader) { left = object.required("left") }
    func encode(to object: inout ObjectWriter) { object.required("left", left) }
}

private struct Ping: JSONCodable, Hashable {
    var ping: String

    init(from object: inout ObjectReader) { ping = object.required("ping") }
    func encode(to object: inout ObjectWriter) { object.required("ping", ping) }
}

@Suite("Receiving webhooks")
struct ReceiverTests {
    /// Body | `X-Event` | the name that is given | the event's kind, or the error.
    private static let rows = """
        {"type":"order.paid","id":1}           |       |      | paid
        {"type":"order.refunded","id":1}       |       |      | refunded
        {"type":"order.partlyRefunded","id":1} |       |      | refunded
        {"type":"order.paid","id":"x"}         |       |      | decoding
        {"type":"order.lost","id":1}           |       |      | unknownEvent
        {"left":1}                             | stock |      | stock
        {"left":1}                             |       |      | unknownEvent
        {"left":1}                             | other |      | unknownEvent
        {"ping":"a"}                           |       |      | ambiguous ping pong
        {"ping":"a"}                           |       | ping | ping
        {"ping":"a"}                           |       | pong | pong
        {"ping":1}                             |       | ping | decoding
        {"ping":"a"}                           |       | none | unknownEvent
        {"type":"order.paid","id":1}           |       | ping | decoding
        {"type":"order.paid","id":1}           |       | order.refunded | unknownEvent
        [1]                                    |       |      | unknownEvent
        no JSON                                |       |      | unknownEvent
        """.split(separator: "\n").map { $0.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) } }

    private func name(_ event: ShopEvent) -> String { String("\(event)".prefix { $0 != "(" }) }

    @Test(arguments: rows) func kinds(_ row: [String]) {
        var headers = HTTPFields()
        if !row[1].isEmpty { headers[HTTPField.Name("X-Event")!] = row[1] }
        let end: String
        do throws(WebhookError) {
            end = name(
                try WebhookReceiver<ShopEvent>.unverified(headers: headers, body: Data(row[0].utf8), as: row[2].isEmpty ? nil : row[2]))
        } catch {
            switch error {
            case .decoding: end = "decoding"
            case .unknownEvent: end = "unknownEvent"
            case .ambiguousEvent(let names): end = "ambiguous " + names.joined(separator: " ")
            default: end = "\(error)"
            }
        }
        #expect(end == row[3])
    }

    private let now = Date(timeIntervalSince1970: 1_731_705_121)
    private let headers: HTTPFields = {
        // Of the body {"event_type":"ping","data":{"success":true}}.
        var fields = HTTPFields()
        fields[HTTPField.Name("webhook-id")!] = "msg_loFOjxBNrRLzqYUf"
        fields[HTTPField.Name("webhook-timestamp")!] = "1731705121"
        fields[HTTPField.Name("webhook-signature")!] = "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="
        return fields
    }()
    private let body = Data(#"{"event_type":"ping","data":{"success":true}}"#.utf8)
    private let secret = "whsec_plJ3nmyCDGBKInavdOK15jsl"

    private enum AnyEvent: WebhookEvents {
        case any(JSONValue)
        static let kinds: [WebhookKind<Self>] = [.init("any", Self.any)]
    }

    @Test("A message is taken once") func replay() throws {
        let receiver = WebhookReceiver<AnyEvent>(verifiedBy: try .standard(secrets: [secret]), replayGuard: ReplayGuard())
        _ = try receiver.verifyAndDecode(headers: headers, body: body, now: now)
        #expect(throws: WebhookError.replayed) { _ = try receiver.verifyAndDecode(headers: headers, body: body, now: now) }
        let careless = WebhookReceiver<AnyEvent>(verifiedBy: try .standard(secrets: [secret]))
        _ = try careless.verifyAndDecode(headers: headers, body: body, now: now)
        _ = try careless.verifyAndDecode(headers: headers, body: body, now: now)
    }

    @Test("A message that could not be dealt with is taken again") func again() async throws {
        struct Busy: Error {}
        let receiver = WebhookReceiver<AnyEvent>(verifiedBy: try .standard(secrets: [secret]), replayGuard: ReplayGuard())
        await #expect(throws: Busy.self) { try await receiver.process(headers: headers, body: body, now: now) { _ in throw Busy() } }
        #expect(try await receiver.process(headers: headers, body: body, now: now) { _ in 7 } == 7)
        await #expect(throws: WebhookError.replayed) { try await receiver.process(headers: headers, body: body, now: now) { _ in } }
        let strict = WebhookReceiver<ShopEvent>(verifiedBy: try .standard(secrets: [secret]), replayGuard: ReplayGuard())
        // Not as described: the sender may send it in another form.
        for _ in 0..<2 { #expect(throws: WebhookError.unknownEvent) { _ = try strict.verifyAndDecode(headers: headers, body: body, now: now) } }
    }

    @Test("Nothing is read of a message that is not genuine") func forged() throws {
        let receiver = WebhookReceiver<ShopEvent>(verifiedBy: try .standard(secrets: [secret]), replayGuard: ReplayGuard())
        #expect(throws: WebhookError.wrongSignature) { _ = try receiver.verifyAndDecode(headers: headers, body: Data("no JSON".utf8), now: now) }
        // And it is no reason to refuse the genuine one.
        #expect(throws: WebhookError.unknownEvent) { _ = try receiver.verifyAndDecode(headers: headers, body: body, now: now) }
    }

    @Test("A guard remembers the newest") func bounded() throws {
        let replays = ReplayGuard(capacity: 3)
        let messages = try (0..<5).map { try message("id-\($0)") }
        for message in messages { #expect(replays.take(message)) }
        for message in messages.suffix(3) { #expect(!replays.take(message)) }
        // The oldest have been forgotten, and each takes the place of another.
        #expect(replays.take(messages[0]))
        #expect(replays.take(messages[2]))
        #expect(!replays.take(messages[4]))
        replays.forget(messages[4])
        #expect(replays.take(messages[4]))
    }

    @Test("Of many at once, one is taken") func concurrent() async throws {
        let replays = ReplayGuard()
        let message = try message("id")
        let taken = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 { group.addTask { replays.take(message) } }
            return await group.reduce(into: 0) { if $1 { $0 += 1 } }
        }
        #expect(taken == 1)
    }

    /// A message with an ID, of which only the ID counts.
    private func message(_ id: String) throws -> VerifiedWebhook {
        VerifiedWebhook(id: id, timestamp: nil)
    }
}
