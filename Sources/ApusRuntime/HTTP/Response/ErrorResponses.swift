public import Foundation

/// What the description says about error responses.
///
/// Content that is not what the description says makes the error
/// ``APIError/undocumented(_:)``.
public struct ErrorResponses<Failure: Sendable>: Sendable {
    /// One of several error responses.
    public struct Case: Sendable {
        let patterns: [StatusPattern]
        let read: @Sendable (Data) -> Failure?
    }

    let cases: [Case]

    func failure(status: Int, body: Data) -> Failure? {
        cases.closest(to: status, \.patterns)?.read(body)
    }

    /// One of several, told apart by status.
    public static func cases(_ cases: [Case]) -> ErrorResponses {
        ErrorResponses(cases: cases)
    }
}

extension ErrorResponses where Failure == Never {
    /// No error response has content that is described.
    public static var none: ErrorResponses { ErrorResponses(cases: []) }
}

extension ErrorResponses where Failure: JSONCoding {
    /// The same JSON text for each of these statuses.
    public static func json(_ type: Failure.Type, on patterns: StatusPattern...) -> ErrorResponses {
        ErrorResponses(cases: [Case(patterns: patterns) { try? JSON.decode(type, from: $0) }])
    }
}

extension ErrorResponses where Failure == String {
    /// Text in UTF-8 for each of these statuses.
    public static func text(on patterns: StatusPattern...) -> ErrorResponses {
        ErrorResponses(cases: [Case(patterns: patterns) { String(decoding: $0, as: UTF8.self) }])
    }
}

extension ErrorResponses.Case {
    /// A JSON text, and what the error makes of it.
    public static func json<Body: JSONCoding>(
        _ pattern: StatusPattern, _ failure: @escaping @Sendable (Body) -> Failure
    ) -> Self {
        Self(patterns: [pattern]) { data in (try? JSON.decode(Body.self, from: data)).map(failure) }
    }

    /// A text in UTF-8.
    public static func text(_ pattern: StatusPattern, _ failure: @escaping @Sendable (String) -> Failure) -> Self {
        Self(patterns: [pattern]) { data in failure(String(decoding: data, as: UTF8.self)) }
    }

    /// Bytes.
    public static func data(_ pattern: StatusPattern, _ failure: @escaping @Sendable (Data) -> Failure) -> Self {
        Self(patterns: [pattern]) { data in failure(data) }
    }

    /// No content.
    public static func empty(_ pattern: StatusPattern, _ failure: Failure) -> Self {
        Self(patterns: [pattern]) { _ in failure }
    }
}
