import ApusRuntime
import Foundation
import HTTPTypes

/// Finds out which event a request brings. The order of the events says nothing.
struct WebhookReading<Event: Sendable> {
    private let kinds: [WebhookKind<Event>]

    init(_ kinds: [WebhookKind<Event>], _ name: String?) {
        self.kinds = name.map { name in kinds.filter { $0.name == name } } ?? kinds
    }

    func event(_ headers: HTTPFields, _ body: Data) throws(WebhookError) -> Event {
        let candidates = candidates(headers, body)
        var readable: [(kind: WebhookKind<Event>, event: Event)] = []
        var failure: JSONError?
        for kind in candidates {
            do throws(JSONError) {
                readable.append((kind, try kind.decode(body)))
            } catch {
                failure = failure ?? error
            }
        }
        let best = readable.filter { one in !readable.contains { $0.kind.isMoreSpecific(than: one.kind) } }
        if best.count > 1 { throw .ambiguousEvent(best.map(\.kind.name).sorted()) }
        if let event = best.first?.event { return event }
        if candidates.count == 1, let failure { throw .decoding(failure) }
        throw .unknownEvent
    }

    /// Those whose listed values the request has, and of these the ones that list most: the
    /// more a kind lists, the less it is met by accident.
    private func candidates(_ headers: HTTPFields, _ body: Data) -> [WebhookKind<Event>] {
        var members: [String: JSONValue] = [:]
        if kinds.contains(where: { !$0.members.isEmpty }) {
            // A body that is not an object is for the kinds that say nothing of members.
            members = (try? JSON.decode([String: JSONValue].self, from: body)) ?? [:]
        }
        let possible = kinds.filter { kind in
            kind.fields.allSatisfy { name, values in HTTPField.Name(name).flatMap { headers[$0] }.map { values.contains($0) } ?? false }
                && kind.members.allSatisfy { name, values in members[name].flatMap(Self.text).map { values.contains($0) } ?? false }
        }
        let most = possible.map { $0.fields.count + $0.members.count }.max() ?? 0
        return possible.filter { $0.fields.count + $0.members.count == most }
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

extension WebhookKind {
    fileprivate func isMoreSpecific(than other: Self) -> Bool {
        isAsSpecific(as: other) && !other.isAsSpecific(as: self)
    }

    /// Whether it asks for all that the other asks for: the same members at least, and
    /// no value that the other does not list.
    private func isAsSpecific(as other: Self) -> Bool {
        func isWithin(_ mine: [String: [String]], _ others: [String: [String]]) -> Bool {
            others.allSatisfy { name, values in mine[name].map { Set($0).isSubset(of: values) } ?? false }
        }
        return required.isSuperset(of: other.required) && isWithin(fields, other.fields) && isWithin(members, other.members)
    }
}
