public import Foundation

/// What a successful response becomes.
public struct ResponseType<Value: Sendable>: Sendable {
    /// How content becomes a value.
    enum Reading: Sendable {
        case nothing(Value)
        case data(@Sendable (Data) throws(JSONError) -> Value)
        case stream(@Sendable (HTTPBody) -> Value)
    }

    /// One of several successful responses.
    public struct Case: Sendable {
        let pattern: StatusPattern
        let reading: Reading
    }

    enum Choice: Sendable {
        /// Any status of the class 2XX.
        case success(Reading)
        /// By status.
        case cases([Case])
    }

    let choice: Choice

    private init(_ reading: Reading) {
        choice = .success(reading)
    }

    func reading(for status: Int) -> Reading? {
        switch choice {
        case .success(let reading): (200...299).contains(status) ? reading : nil
        case .cases(let cases): cases.closest(to: status) { [$0.pattern] }?.reading
        }
    }
}

extension ResponseType where Value: JSONCoding {
    /// A JSON text. An optional value is `nil` where there is no content.
    public static var json: ResponseType {
        ResponseType(.data { data throws(JSONError) in try decodeJSON(data) })
    }

    private static func decodeJSON(_ data: Data) throws(JSONError) -> Value {
        if data.isEmpty, let optional = Value.self as? any ExpressibleByNilLiteral.Type,
            let none = optional.init(nilLiteral: ()) as? Value {
            return none
        }
        return try JSON.decode(Value.self, from: data)
    }
}

extension ResponseType where Value == Void {
    /// Content, if there is any, is of no interest.
    public static var empty: ResponseType { ResponseType(.nothing(())) }
}

extension ResponseType where Value == String {
    /// A text in UTF-8.
    public static var text: ResponseType {
        ResponseType(.data { data throws(JSONError) in String(decoding: data, as: UTF8.self) })
    }
}

extension ResponseType where Value == Data {
    /// Bytes, all of them in memory.
    public static var data: ResponseType { ResponseType(.data { data throws(JSONError) in data }) }
}

extension ResponseType where Value == HTTPBody {
    /// Bytes as they arrive.
    public static var stream: ResponseType { ResponseType(.stream { $0 }) }
}

extension ResponseType {
    /// One of several, told apart by status.
    public static func cases(_ cases: [Case]) -> ResponseType {
        ResponseType(cases: cases)
    }

    private init(cases: [Case]) {
        choice = .cases(cases)
    }
}

extension ResponseType.Case {
    /// A JSON text, and what the value makes of it.
    public static func json<Body: JSONCoding>(
        _ pattern: StatusPattern, _ value: @escaping @Sendable (Body) -> Value
    ) -> Self {
        Self(pattern: pattern, reading: .data { data throws(JSONError) in value(try JSON.decode(Body.self, from: data)) })
    }

    /// A text in UTF-8.
    public static func text(_ pattern: StatusPattern, _ value: @escaping @Sendable (String) -> Value) -> Self {
        Self(pattern: pattern, reading: .data { data throws(JSONError) in value(String(decoding: data, as: UTF8.self)) })
    }

    /// Bytes, all of them in memory.
    public static func data(_ pattern: StatusPattern, _ value: @escaping @Sendable (Data) -> Value) -> Self {
        Self(pattern: pattern, reading: .data { data throws(JSONError) in value(data) })
    }

    /// Bytes as they arrive.
    public static func stream(_ pattern: StatusPattern, _ value: @escaping @Sendable (HTTPBody) -> Value) -> Self {
        Self(pattern: pattern, reading: .stream(value))
    }

    /// No content.
    public static func empty(_ pattern: StatusPattern, _ value: Value) -> Self {
        Self(pattern: pattern, reading: .nothing(value))
    }
}
