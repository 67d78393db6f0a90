public import ApusRuntime
public import Foundation
public import HTTPTypes

/// Reads a request back into the values that it was made of.
public struct CallReader: Sendable {
    /// The request as it was sent.
    public let request: HTTPRequest

    /// Its content.
    public let content: Data

    private let segments: [String: String]
    private let query: [(name: String, value: String)]

    init(_ request: HTTPRequest, content: Data, template: String) {
        self.request = request
        self.content = content
        let target = RequestURL(path: request.path ?? "")
        query = target.query
        segments = PathMatch.values(of: template, in: target)
    }

    // MARK: - Parameters

    /// A parameter that is always there.
    public func value<Value: JSONCoding>(_ name: String, _ place: ParameterPlace) throws -> Value {
        guard let value: Value = try optional(name, place) else { throw UnreadableCall(place: name, reason: "it is not there") }
        return value
    }

    /// A parameter that may be left out.
    public func optional<Value: JSONCoding>(_ name: String, _ place: ParameterPlace) throws -> Value? {
        guard let text = text(name, place) else { return nil }
        guard let value: Value = text.value() else {
            throw UnreadableCall(place: name, reason: "it is not written as its type requires")
        }
        return value
    }

    private func text(_ name: String, _ place: ParameterPlace) -> ParameterText? {
        switch place {
        case .path(let style, let explode):
            segments[name].flatMap { ParameterText(segment: $0, name, style, explode: explode) }
        case .query(.json, _, _):
            query.first { $0.name == name }.map { ParameterText(json: $0.value) }
        case .query(.deepObject, _, _):
            ParameterText(deepObject: name, in: query)
        case .query(let style, let explode, let others):
            ParameterText(pairs: query, name, style, explode: explode, besides: others)
        case .queryString(.json):
            RequestURL(path: request.path ?? "").rawQuery.flatMap(\.removingPercentEncoding).map { ParameterText(json: $0) }
        case .queryString:
            ParameterText(wholeQuery: RequestURL(path: request.path ?? ""))
        case .header(let style, let explode):
            HTTPField.Name(name).flatMap { request.headerFields[$0] }.map {
                style == .json ? ParameterText(json: $0) : ParameterText(joined: $0, style, explode: explode)
            }
        case .cookie(let style, let explode):
            cookie(name, style, explode: explode)
        }
    }

    private func cookie(_ name: String, _ style: ParameterStyle, explode: Bool) -> ParameterText? {
        let pairs = (request.headerFields[.cookie] ?? "").components(separatedBy: "; ").compactMap { cookie -> (name: String, value: String)? in
            guard let equals = cookie.firstIndex(of: "=") else { return nil }
            let value = String(cookie[cookie.index(after: equals)...])
            return (String(cookie[..<equals]), style == .cookie ? value : value.removingPercentEncoding ?? value)
        }
        if style == .json { return pairs.first { $0.name == name }.map { ParameterText(json: $0.value) } }
        return ParameterText(pairs: pairs, name, style, explode: explode, besides: [])
    }

    // MARK: - Bodies

    /// The content, read in one way.
    public func body<Value>(_ format: CallBodyFormat<Value>) throws -> Value {
        try format.read(self)
    }

    /// Content that may be left out.
    public func optionalBody<Value>(_ format: CallBodyFormat<Value>) throws -> Value? {
        content.isEmpty && request.headerFields[.contentType] == nil ? nil : try format.read(self)
    }
}

/// Why a request cannot be read back. No value of it is shown.
struct UnreadableCall: Error, CustomStringConvertible {
    let place: String
    let reason: String

    var description: String { "`\(place)` cannot be read: \(reason)" }
}

/// How the content of a request is read.
public struct CallBodyFormat<Value: Sendable>: Sendable {
    let read: @Sendable (CallReader) throws -> Value
}

extension CallBodyFormat where Value: JSONCoding {
    /// JSON.
    public static var json: Self {
        Self { call in try JSON.decode(Value.self, from: call.content) }
    }

    /// `application/x-www-form-urlencoded`.
    public static var form: Self {
        Self { call in
            let pairs = RequestURL.pairs(of: String(decoding: call.content, as: UTF8.self), plusIsSpace: true)
            guard let value: Value = ParameterText(members: pairs).value() else {
                throw UnreadableCall(place: "body", reason: "it is not written as its type requires")
            }
            return value
        }
    }
}

extension CallBodyFormat where Value: JSONCoding {
    /// Text that is a number, a date or another scalar.
    public static var scalarText: Self {
        Self { call in
            let text = String(decoding: call.content, as: UTF8.self)
            guard let value: Value = ParameterText(joined: text, .simple, explode: false).value() else {
                throw UnreadableCall(place: "body", reason: "it is not written as its type requires")
            }
            return value
        }
    }
}

extension CallBodyFormat where Value == String {
    /// Text in UTF-8.
    public static var text: Self {
        Self { call in String(decoding: call.content, as: UTF8.self) }
    }
}

extension CallBodyFormat where Value == HTTPBody {
    /// Bytes.
    public static var bytes: Self {
        Self { call in HTTPBody(call.content) }
    }
}

extension CallBodyFormat where Value == [ReceivedPart] {
    /// The parts of a multipart body.
    public static var multipart: Self {
        Self { call in
            guard let parts = ReceivedPart.parts(of: call.content, contentType: call.request.headerFields[.contentType]) else {
                throw UnreadableCall(place: "body", reason: "it is not a multipart body")
            }
            return parts
        }
    }
}

extension CallBodyFormat where Value == ReceivedBody {
    /// A body of one of several media types.
    public static var any: Self {
        Self { call in ReceivedBody(contentType: call.request.headerFields[.contentType], data: call.content) }
    }
}

extension CallBodyFormat {
    /// Values one after the other.
    public static func items<Item: JSONCoding>() -> Self where Value == [Item] {
        Self { call in
            try call.content.split(whereSeparator: { $0 == 0x0A || $0 == 0x1E }).map { line in
                try JSON.decode(Item.self, from: Data(line))
            }
        }
    }
}
