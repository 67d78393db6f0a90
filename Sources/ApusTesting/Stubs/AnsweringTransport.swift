public import ApusRuntime
public import Foundation
public import HTTPTypes

/// A transport that answers from a closure, or always the same, and remembers what it was
/// asked: for tests of the bytes that are sent. ``Stub`` is typed.
public final class AnsweringTransport: Transport, Sendable {
    /// A request as it arrived.
    public struct Exchange: Sendable {
        /// The request, without its content.
        public let request: HTTPRequest

        /// The content.
        public let data: Data

        /// How many requests came before it.
        public let index: Int

        /// The content as text in UTF-8.
        public var body: String { String(decoding: data, as: UTF8.self) }

        /// The fields of a form (`application/x-www-form-urlencoded`), the first of each name.
        public var form: [String: String] {
            Dictionary(RequestURL.pairs(of: body, plusIsSpace: true).map { ($0.name, $0.value) }) { first, _ in first }
        }

        /// `GET /users?page=2`.
        public var line: String { "\(request.method.rawValue) \(request.path ?? "")" }

        /// The address with the query.
        public var url: String { "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")" }
    }

    private let recorded = Locked<[Exchange]>([])
    private let answer: @Sendable (Exchange) async throws -> (HTTPResponse, HTTPBody)

    /// Creates a transport that answers from a closure.
    public init(_ answer: @escaping @Sendable (Exchange) async throws -> (HTTPResponse, HTTPBody)) {
        self.answer = answer
    }

    /// Creates a transport that always answers the same.
    public convenience init(_ status: Int = 200, _ body: String = "", fields: HTTPFields = [:]) {
        let response = HTTPResponse(status: .init(code: status), headerFields: fields)
        self.init { _ in (response, HTTPBody(body)) }
    }

    /// Creates a transport that always answers the same text.
    public convenience init(_ body: String, status: Int = 200, fields: HTTPFields = [:]) {
        self.init(status, body, fields: fields)
    }

    /// What arrived, in order.
    public var exchanges: [Exchange] { recorded.withValue { $0 } }

    /// The request that arrived last.
    public var request: HTTPRequest? { exchanges.last?.request }

    /// The content of the last request; empty where there was none.
    public var body: String { exchanges.last?.body ?? "" }

    /// Method and path of the last request; empty where there was none.
    public var line: String { exchanges.last?.line ?? "" }

    public func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let data = try await body?.collect(upTo: .max) ?? Data()
        let exchange = recorded.withValue { exchanges in
            exchanges.append(Exchange(request: request, data: data, index: exchanges.count))
            return exchanges[exchanges.count - 1]
        }
        return try await answer(exchange)
    }
}
