import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

private typealias Bench = AnsweringTransport

@Suite("The checked-in client of a description whose constraints are checked")
struct WorkshopClientTests {
    private typealias Order = WorkshopAPI.Order

    private func client(_ bench: Bench) -> WorkshopAPI.Client { WorkshopAPI.Client(transport: bench) }

    private static func order(_ change: (inout WorkshopAPI.Order) -> Void = { _ in }) -> WorkshopAPI.Order {
        var order = WorkshopAPI.Order(title: "Chair", code: "AB1234", parts: [.init(name: "leg")])
        change(&order)
        return order
    }

    /// A change to a valid order, the keyword it violates, and the path.
    private static let violations: [(change: @Sendable (inout WorkshopAPI.Order) -> Void, keyword: String, path: String)] = [
        ({ $0.title = "" }, "minLength", "$.title"),
        ({ $0.title = "A very long title" }, "maxLength", "$.title"),
        ({ $0.code = "AB1234\n" }, "pattern", "$.code"),
        ({ $0.code = "xAB1234" }, "pattern", "$.code"),
        ({ $0.parts = [] }, "minItems", "$.parts"),
        ({ $0.parts = [.init(name: "leg"), .init(name: "leg")] }, "uniqueItems", "$.parts[1]"),
        ({ $0.parts = [.init(name: "leg"), .init(name: "x")] }, "minLength", "$.parts[1].name"),
        ({ $0.parts = [.init(name: "leg", additionalProperties: ["x-a": 1, "x-b": -1])] }, "minimum", #"$.parts[0]["x-b"]"#),
        ({ $0.parts = [.init(name: "leg", additionalProperties: ["a": 1, "b": 1, "c": 1])] }, "maxProperties", "$.parts[0]"),
        ({ $0.price = 0 }, "exclusiveMinimum", "$.price"),
        ({ $0.price = 1.005 }, "multipleOf", "$.price"),
        ({ $0.deposit = 2e19 }, "maximum", "$.deposit"),
        ({ $0.labels = ["a": "1", "b": "2", "c": "3"] }, "maxProperties", "$.labels"),
        ({ $0.labels = ["A": "1"] }, "pattern", "$.labels.A"),
        ({ $0.labels = ["a": "12345"] }, "maxLength", "$.labels.a"),
        ({ $0.size = .int(0) }, "minimum", "$.size"),
    ]

    @Test("What does not satisfy the description is not sent", arguments: violations.indices)
    func sent(index: Int) async throws {
        let (change, keyword, path) = Self.violations[index]
        let bench = Bench()
        await #expect {
            _ = try await client(bench).addOrder(Self.order(change))
        } throws: { error in
            guard case .encoding(let error)? = error as? APIError<Never> else { return false }
            return error.keyword == keyword && error.path == path
        }
        #expect(bench.exchanges.count == 0)
    }

    @Test("What does not satisfy the description is not received", arguments: violations.indices)
    func received(index: Int) async throws {
        let (change, keyword, path) = Self.violations[index]
        // Written as a client writes it that checks nothing.
        let text = Self.unchecked(Self.order(change))
        await #expect {
            _ = try await client(Bench(text)).addOrder(Self.order())
        } throws: { error in
            guard case .decoding(let error, _)? = error as? APIError<Never> else { return false }
            return error.keyword == keyword && error.path == path && !error.description.contains("very long")
        }
    }

    private static func unchecked(_ order: WorkshopAPI.Order) -> String {
        func json(_ text: String) -> String { String(decoding: (try? JSON.encode(text)) ?? Data(), as: UTF8.self) }
        let parts = order.parts.map { part in
            let more = part.additionalProperties.sorted { $0.key < $1.key }.map { ",\(json($0.key)):\($0.value)" }
            return #"{"name":\#(json(part.name))\#(more.joined())}"#
        }
        var members = [#""size": null"#, #""title":\#(json(order.title))"#, #""code":\#(json(order.code))"#]
        members.append(#""parts":[\#(parts.joined(separator: ", "))]"#)
        if let price = order.price { members.append(#""price":\#(price)"#) }
        if let deposit = order.deposit?.value { members.append(#""deposit":\#(deposit)"#) }
        if let labels = order.labels {
            members.append(#""labels":{\#(labels.sorted { $0.key < $1.key }.map { "\(json($0.key)):\(json($0.value))" }.joined(separator: ","))}"#)
        }
        if case .int(let size)? = order.size { members[0] = #""size":\#(size)"# }
        return "{" + members.joined(separator: ",") + "}"
    }

    @Test("What satisfies the description goes both ways")
    func valid() async throws {
        let order = Self.order {
            // Ten scalars, of which some are one character together.
            $0.title = "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"
            $0.price = 1.15
            $0.deposit = .null
            $0.labels = ["a": "b"]
            $0.size = .stringValue(.small)
            $0.parts = [.init(name: "leg", additionalProperties: ["x-length": 0]), .init(name: "seat")]
        }
        let bench = Bench(Self.unchecked(order))
        let result = try await client(bench).addOrder(order)
        guard case .order(let read) = result else { return #expect(Bool(false)) }
        #expect(read.title == order.title && read.parts.count == 2 && read.price == 1.15)
        #expect(bench.exchanges.count == 1)
    }

    @Test("Parameters are checked before anything is sent")
    func parameters() async throws {
        let bench = Bench("[]")
        func path(_ call: (WorkshopAPI.Client) async throws(APIError<Never>) -> Void) async -> String? {
            do throws(APIError<Never>) {
                try await call(client(bench))
                return nil
            } catch {
                guard case .encoding(let error) = error else { return "\(error)" }
                return "\(error.path) \(error.keyword ?? "-")"
            }
        }
        #expect(await path { api throws(APIError<Never>) in _ = try await api.listOrders(limit: 101) } == "limit maximum")
        #expect(await path { api throws(APIError<Never>) in _ = try await api.listOrders(codes: ["AB1234", "x"]) } == "codes[1] pattern")
        #expect(await path { api throws(APIError<Never>) in _ = try await api.listOrders(filter: .init()) } == "filter minProperties")
        #expect(await path { api throws(APIError<Never>) in _ = try await api.listOrders(filter: .init(name: "long")) } == "filter.name maxLength")
        #expect(await path { api throws(APIError<Never>) in try await api.setTags(code: "1", ["a"]) } == "code pattern")
        #expect(await path { api throws(APIError<Never>) in try await api.setTags(code: "AB1234", []) } == "$ minItems")
        #expect(await path { api throws(APIError<Never>) in try await api.setTags(code: "AB1234", ["a", ""]) } == "$[1] minLength")
        #expect(await path { api throws(APIError<Never>) in
            try await api.addDrawing(.init(title: "too long", file: FilePart(Data())))
        } == "$.title maxLength")
        #expect(bench.exchanges.count == 0)
        #expect(await path { api throws(APIError<Never>) in
            _ = try await api.listOrders(limit: 100, codes: ["AB1234"], filter: .init(name: "abc"))
        } == nil)
        #expect(await path { api throws(APIError<Never>) in try await api.setTags(code: "AB1234", ["a"]) } == nil)
        #expect(bench.exchanges.count == 2)
    }

    @Test("A response that is no object is checked too")
    func responses() async throws {
        func keyword(_ bench: Bench, _ call: (WorkshopAPI.Client) async throws(APIError<Never>) -> Void) async -> String? {
            do throws(APIError<Never>) {
                try await call(client(bench))
                return nil
            } catch {
                guard case .decoding(let error, _) = error else { return "\(error)" }
                return "\(error.path) \(error.keyword ?? "-")"
            }
        }
        let order = Self.unchecked(Self.order())
        #expect(await keyword(Bench("[\(order),\(order),\(order)]")) { api throws(APIError<Never>) in
            _ = try await api.listOrders()
        } == "$ maxItems")
        #expect(await keyword(Bench(#"["AB1234","ab"]"#, status: 202)) { api throws(APIError<Never>) in
            _ = try await api.addOrder(Self.order())
        } == "$[1] pattern")
    }
}
