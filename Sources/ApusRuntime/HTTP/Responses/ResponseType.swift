public import Foundation

/// What an operation's successful response is read as.
public struct ResponseType<Value: Sendable>: Sendable {
    enum Choice: Sendable {
        /// Every 2xx status is a success with such a body.
        case any(BodyReader<Value>)
        case byStatus([ResponseCase<Value>])
    }

    @CopyOnWrite private var parts: (choice: Choice, accept: String, isEventStream: Bool)

    /// The `Accept` field's value if the request does not say another.
    var accept: String { parts.accept }

    /// Whether it is read as values that arrive when they arrive.
    var isEventStream: Bool { parts.isEventStream }

    init(_ choice: Choice, accept: String, isEventStream: Bool = false) {
        parts = (choice, accept, isEventStream)
    }

    /// How to read a response; `nil` if its status is not a success.
    func reader(for status: Int) -> BodyReader<Value>? {
        let isSuccessful = 200...299 ~= status
        switch parts.choice {
        case .any(let reader):
            return isSuccessful ? reader : nil
        case .byStatus(let cases):
            // A default stands for the statuses that are successes by themselves.
            return cases.bestMatch(for: status, atLeast: isSuccessful ? .anything : .range, pattern: \.status)?.reader
        }
    }
}

extension ResponseType where Value: JSONCoding {
    /// JSON. An empty body is `nil` if the type is optional.
    public static var json: ResponseType {
        ResponseType(.any(.json { data, reading throws(JSONError) in try Value.body(data, reading) }), accept: "application/json")
    }

    /// JSON that has to satisfy constraints.
    public static func json(checking constraints: JSONConstraints) -> ResponseType {
        let reader = BodyReader.json { data, reading throws(JSONError) in try Value.body(data, reading, checking: constraints) }
        return ResponseType(.any(reader), accept: "application/json")
    }
}

extension ResponseType where Value: JSONCoding {
    /// Text that is a scalar: a number, a boolean, a date, a value of an enumeration.
    public static var scalarText: ResponseType {
        ResponseType(.any(.json { data, _ throws(JSONError) in try ScalarText.value(data) }), accept: "text/plain")
    }
}

extension ResponseType where Value: JSONCoding {
    /// A scalar that the server sends as JSON or as text, as its content type says.
    public static var textOrJSON: ResponseType {
        ResponseType(.any(.textOrJSON { (value: Value) in value }), accept: "*/*")
    }
}

extension ResponseType where Value == Void {
    /// No body, or one that does not matter.
    public static var empty: ResponseType {
        ResponseType(.any(.empty(())), accept: "application/json")
    }
}

extension ResponseType where Value == String {
    /// Text.
    public static var text: ResponseType {
        ResponseType(.any(.text { $0 }), accept: "text/plain")
    }
}

extension ResponseType where Value == Data {
    /// Bytes, read into memory.
    public static var data: ResponseType {
        ResponseType(.any(.data { $0 }), accept: "*/*")
    }
}

extension ResponseType where Value == HTTPBody {
    /// Bytes as they arrive.
    public static var stream: ResponseType {
        ResponseType(.any(.stream { $0 }), accept: "*/*")
    }
}

extension ResponseType where Value: ResponseStream {
    /// Values as they arrive: server-sent events, JSON Lines.
    public static var items: ResponseType {
        ResponseType(.any(.items(Value.init(reading:by:), mediaType: Value.onlyMediaType)), accept: Value.accept, isEventStream: true)
    }
}

extension ResponseType {
    /// A body by status. A status that is listed is a success, whichever it
    /// is; of all others none is. `.default` stands for the 2xx statuses that
    /// are not listed.
    public static func cases(_ cases: [ResponseCase<Value>]) -> ResponseType {
        ResponseType(
            .byStatus(cases), accept: "application/json", isEventStream: cases.contains(where: \.isEventStream))
    }
}

/// The response that a description gives for some statuses, and the value made of it.
public struct ResponseCase<Value: Sendable>: Sendable {
    let status: StatusPattern
    let reader: BodyReader<Value>
    var isEventStream = false

    /// JSON.
    public static func json<Body: JSONCoding>(
        _ status: StatusPattern, _ value: @escaping @Sendable (Body) -> Value
    ) -> ResponseCase {
        ResponseCase(status: status, reader: .json { data, reading throws(JSONError) in value(try Body.body(data, reading)) })
    }

    /// JSON that has to satisfy constraints.
    public static func json<Body: JSONCoding>(
        _ status: StatusPattern, _ value: @escaping @Sendable (Body) -> Value, checking constraints: JSONConstraints
    ) -> ResponseCase {
        let reader = BodyReader.json { data, reading throws(JSONError) in value(try Body.body(data, reading, checking: constraints)) }
        return ResponseCase(status: status, reader: reader)
    }

    /// Text that is a scalar: a number, a boolean, a date, a value of an enumeration.
    public static func scalarText<Body: JSONCoding>(
        _ status: StatusPattern, _ value: @escaping @Sendable (Body) -> Value
    ) -> ResponseCase {
        ResponseCase(status: status, reader: .json { data, _ throws(JSONError) in value(try ScalarText.value(data)) })
    }

    /// A scalar that the server sends as JSON or as text, as its content type says.
    public static func textOrJSON<Body: JSONCoding>(
        _ status: StatusPattern, _ value: @escaping @Sendable (Body) -> Value
    ) -> ResponseCase {
        ResponseCase(status: status, reader: .textOrJSON(value))
    }

    /// Text.
    public static func text(
        _ status: StatusPattern, _ value: @escaping @Sendable (String) -> Value
    ) -> ResponseCase {
        ResponseCase(status: status, reader: .text(value))
    }

    /// Bytes, read into memory.
    public static func data(
        _ status: StatusPattern, _ value: @escaping @Sendable (Data) -> Value
    ) -> ResponseCase {
        ResponseCase(status: status, reader: .data(value))
    }

    /// Bytes as they arrive. Among errors they have been read into memory, up
    /// to ``ClientLimits/maximumErrorBodyBytes``.
    public static func stream(
        _ status: StatusPattern, _ value: @escaping @Sendable (HTTPBody) -> Value
    ) -> ResponseCase {
        ResponseCase(status: status, reader: .stream(value))
    }

    /// Values as they arrive.
    public static func items<Items: ResponseStream>(
        _ status: StatusPattern, _ value: @escaping @Sendable (Items) -> Value
    ) -> ResponseCase {
        ResponseCase(status: status, reader: .items({ value(Items(reading: $0, by: $1)) }, mediaType: Items.onlyMediaType), isEventStream: true)
    }

    /// No body, or one that does not matter.
    public static func empty(_ status: StatusPattern, _ value: Value) -> ResponseCase {
        ResponseCase(status: status, reader: .empty(value))
    }
}
