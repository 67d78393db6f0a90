import ApusRuntime
import ApusWebhooks
import Foundation
import HTTPTypes
import Testing

private protocol Members {
    static var names: [StaticString] { get }
}

extension Members {
    static var texts: [String] { names.map { "\($0)" } }
}

/// A body that has to have these members, and may have others.
private struct Body<Names: Members>: JSONCodable {
    init(from object: inout ObjectReader) {
        for name in Names.names { let _: JSONValue = object.required(name) }
    }

    func encode(to object: inout ObjectWriter) {}
}

private enum ID: Members { static let names: [StaticString] = ["id"] }
private enum Carrier: Members { static let names: [StaticString] = ["id", "carrier"] }
private enum Loss: Members { static let names: [StaticString] = ["id", "carrier", "since"] }
private enum Insurance: Members { static let names: [StaticString] = ["id", "carrier", "sum"] }
private enum Twin: Members { static let names: [StaticString] = ["twin"] }

private enum ParcelEvent: WebhookEvents {
    case created, sent, lost, insured, ended, delivered, left, right

    static let inOrder: [WebhookKind<Self>] = [
        .init("created", required: ID.texts) { (_: Body<ID>) in .created },
        .init("sent", required: Carrier.texts) { (_: Body<Carrier>) in .sent },
        .init("lost", required: Loss.texts) { (_: Body<Loss>) in .lost },
        .init("insured", required: Insurance.texts) { (_: Body<Insurance>) in .insured },
        .init("ended", members: ["state": ["delivered", "returned"]], required: ["id"]) { (_: Body<ID>) in .ended },
        .init("delivered", members: ["state": ["delivered"]], required: ["id"]) { (_: Body<ID>) in .delivered },
        .init("left", required: Twin.texts) { (_: Body<Twin>) in .left },
        .init("right", required: Twin.texts) { (_: Body<Twin>) in .right },
    ]
    @TaskLocal static var isReversed = false
    static var kinds: [WebhookKind<Self>] { isReversed ? inOrder.reversed() : inOrder }
}

@Suite("Events of which several fit one body")
struct SpecificEventTests {
    /// Body | the event, or the error.
    private static let rows = """
        {"id":1}                                    | created
        {"id":1,"carrier":"x"}                      | sent
        {"id":1,"carrier":"x","since":2}            | lost
        {"id":1,"carrier":"x","sum":3}              | insured
        {"id":1,"carrier":"x","since":2,"sum":3}    | ambiguous insured lost
        {"id":1,"state":"returned"}                 | ended
        {"id":1,"state":"delivered"}                | delivered
        {"id":1,"carrier":"x","state":"delivered"}  | delivered
        {"id":1,"state":"open"}                     | created
        {"twin":1}                                  | ambiguous left right
        {"other":1}                                 | unknownEvent
        """.split(separator: "\n").map { $0.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) } }

    @Test("Listed values decide first, then the required members, whatever the order", arguments: rows, [false, true])
    func event(_ row: [String], isReversed: Bool) {
        let end = ParcelEvent.$isReversed.withValue(isReversed) {
            do throws(WebhookError) {
                return "\(try WebhookReceiver<ParcelEvent>.unverified(headers: [:], body: Data(row[0].utf8)))"
            } catch {
                switch error {
                case .ambiguousEvent(let names): return "ambiguous " + names.joined(separator: " ")
                case .unknownEvent: return "unknownEvent"
                default: return "\(error)"
                }
            }
        }
        #expect(end == row[1])
    }
}
