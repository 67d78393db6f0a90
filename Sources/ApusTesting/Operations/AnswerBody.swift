public import ApusRuntime
import Foundation
import HTTPTypes

/// The statuses that one response of a description is for.
public enum DescribedStatus: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// One status.
    case code(Int)
    /// `4XX` is `range(4)`.
    case range(Int)
    /// All that no other response is for.
    case `default`

    public init(integerLiteral code: Int) {
        self = .code(code)
    }

    func contains(_ code: Int) -> Bool {
        switch self {
        case .code(let own): own == code
        case .range(let first): code / 100 == first
        case .default: true
        }
    }

    var text: String {
        switch self {
        case .code(let code): "\(code)"
        case .range(let first): "\(first)XX"
        case .default: "default"
        }
    }
}

/// How a value becomes the content of a response, by the description.
public struct AnswerBody<Value: Sendable>: Sendable {
    let statuses: [DescribedStatus]
    let contentType: String?
    let format: AnswerFormat
    /// `nil` where the value is that of another response.
    let content: @Sendable (Value) throws -> HTTPBody?

    /// The status of an answer that says no other.
    var usualStatus: Int {
        switch statuses.first {
        case .code(let code)?: code
        case .range(let first)?: first * 100
        case .default?, nil: 200
        }
    }

    func head(status: Int) -> HTTPResponse {
        var response = HTTPResponse(status: .init(code: status))
        if let contentType { response.headerFields[.contentType] = contentType }
        return response
    }

    /// JSON, of the part of a value that is of this response.
    public static func json<Body: JSONCoding>(
        _ statuses: DescribedStatus..., contentType: String = "application/json",
        _ part: @escaping @Sendable (Value) -> Body?
    ) -> AnswerBody {
        AnswerBody(statuses: statuses, contentType: contentType, format: .json) { value in
            guard let body = part(value) else { return nil }
            let data = try JSON.encode(body)
            // What the client could not read, no server that keeps to the description sends.
            _ = try JSON.decode(Body.self, from: data)
            return HTTPBody(data)
        }
    }

    /// Text, of the part of a value that is of this response.
    public static func text<Body: JSONCoding>(
        _ statuses: DescribedStatus..., contentType: String = "text/plain; charset=utf-8",
        _ part: @escaping @Sendable (Value) -> Body?
    ) -> AnswerBody {
        AnswerBody(statuses: statuses, contentType: contentType, format: .text) { value in
            guard let body = part(value) else { return nil }
            if let text = body as? String { return HTTPBody(text) }
            guard case .text(let text) = body.parameterForm() else { return .empty }
            return HTTPBody(text)
        }
    }

    /// Bytes.
    public static func bytes(
        _ statuses: DescribedStatus..., contentType: String = "application/octet-stream",
        _ part: @escaping @Sendable (Value) -> HTTPBody?
    ) -> AnswerBody {
        AnswerBody(statuses: statuses, contentType: contentType, format: .bytes, content: part)
    }

    /// Values that arrive one after the other. What a stub answers with is a stream
    /// already: `ItemStream(of:)`, `EventStream(of:)`.
    public static func items<Items: ResponseStream>(
        _ statuses: DescribedStatus..., contentType: String, _ part: @escaping @Sendable (Value) -> Items?
    ) -> AnswerBody {
        AnswerBody(statuses: statuses, contentType: contentType, format: .items) { value in
            try part(value).map { items in
                guard let source = items as? any BodyOfItems else {
                    throw TestIssue("a stream of another kind cannot be answered with", at: TestLocation())
                }
                return source.wholeBody
            }
        }
    }

    /// No content. It takes any value.
    public static func empty(_ statuses: DescribedStatus...) -> AnswerBody {
        AnswerBody(statuses: statuses, contentType: nil, format: .empty) { _ in .empty }
    }

    /// No content, for some values.
    public static func empty(_ statuses: DescribedStatus..., where isOfIt: @escaping @Sendable (Value) -> Bool) -> AnswerBody {
        AnswerBody(statuses: statuses, contentType: nil, format: .empty) { isOfIt($0) ? .empty : nil }
    }
}

/// How the content of an answer is written.
enum AnswerFormat: Sendable {
    case json, text, bytes, items, empty

    var needsNoExample: Bool {
        switch self {
        case .empty, .bytes, .text, .items: true
        case .json: false
        }
    }

    func body(ofExample text: String, contentType: String?) -> HTTPBody {
        switch self {
        case .empty: .empty
        case .json, .text, .bytes: HTTPBody(text)
        case .items:
            text.isEmpty ? .empty : HTTPBody(contentType?.contains("event-stream") == true ? "data: \(text)\n\n" : text + "\n")
        }
    }
}
