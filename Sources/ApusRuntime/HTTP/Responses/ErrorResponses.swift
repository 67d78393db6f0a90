public import Foundation
import HTTPTypes

/// What an operation's documented error responses are read as, by status.
public struct ErrorResponses<Failure: Sendable>: Sendable {
    let cases: [ResponseCase<Failure>]

    /// The documented error of a response.
    ///
    /// - Returns: `nil` if its status is not documented or its body is not as
    ///   documented. What a proxy answers often is not, and it must not hide
    ///   the status.
    func failure(of response: Response, reading: BodyReading = .strict) -> Failure? {
        guard let match = cases.bestMatch(for: response.status.code, pattern: \.status) else { return nil }
        switch match.reader {
        case .json(let decode): return try? decode(response.body, reading)
        case .text(let make):
            return make(TextContent.text(response.body, contentType: response.headerFields[.contentType]))
        case .data(let make): return make(response.body)
        case .scalar(let make):
            return try? make(response.body, MediaType.isJSON(response.headerFields[.contentType]), reading)
        case .stream(let make): return make(HTTPBody(response.body))
        case .items(let make, _): return make(HTTPBody(response.body), StreamConnection())
        case .empty(let value): return value
        }
    }
}

extension ErrorResponses where Failure == Never {
    /// No error has a documented body.
    public static var none: ErrorResponses { ErrorResponses(cases: []) }
}

extension ErrorResponses where Failure: JSONCoding {
    /// The same JSON for each of some statuses.
    public static func json(_ type: Failure.Type, on statuses: StatusPattern...) -> ErrorResponses {
        ErrorResponses(cases: statuses.map { ResponseCase(status: $0, reader: .json(Failure.body)) })
    }
}

extension ErrorResponses where Failure == String {
    /// Text, on each of some statuses.
    public static func text(on statuses: StatusPattern...) -> ErrorResponses {
        ErrorResponses(cases: statuses.map { ResponseCase(status: $0, reader: .text { $0 }) })
    }
}

extension ErrorResponses where Failure: JSONCoding {
    /// Text that is a scalar, on each of some statuses.
    public static func scalarText(_ type: Failure.Type, on statuses: StatusPattern...) -> ErrorResponses {
        ErrorResponses(cases: statuses.map { .scalarText($0) { (value: Failure) in value } })
    }

    /// A scalar as JSON or as text, on each of some statuses.
    public static func textOrJSON(_ type: Failure.Type, on statuses: StatusPattern...) -> ErrorResponses {
        ErrorResponses(cases: statuses.map { .textOrJSON($0) { (value: Failure) in value } })
    }
}

extension ErrorResponses where Failure == Data {
    /// Bytes, on each of some statuses.
    public static func data(on statuses: StatusPattern...) -> ErrorResponses {
        ErrorResponses(cases: statuses.map { ResponseCase(status: $0, reader: .data { $0 }) })
    }
}

extension ErrorResponses where Failure == Void {
    /// Errors without a body, or with one that the description does not speak of.
    public static func empty(on statuses: StatusPattern...) -> ErrorResponses {
        ErrorResponses(cases: statuses.map { .empty($0, ()) })
    }
}

extension ErrorResponses {
    /// The same, and nil for errors without a body, or with one that the description
    /// does not speak of.
    public func orEmpty(on statuses: StatusPattern...) -> ErrorResponses<Failure?> {
        ErrorResponses<Failure?>(
            cases: cases.map { ResponseCase(status: $0.status, reader: $0.reader.map { $0 }) } + statuses.map { .empty($0, nil) })
    }

    /// A body by status.
    public static func cases(_ cases: [ResponseCase<Failure>]) -> ErrorResponses {
        ErrorResponses(cases: cases)
    }
}
