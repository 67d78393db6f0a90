import ApusRuntime
import Foundation
import HTTPTypes

/// What was sent and what came back, without anything secret and without anything of the
/// time: what a file holds.
struct Recording: Sendable {
    var exchanges: [RecordedExchange] = []

    /// - Throws: Where the file cannot be read or is not a recording.
    init(contentsOf url: URL) throws {
        let value = try JSON.decode(JSONValue.self, from: Data(contentsOf: url))
        guard value["apusRecording"]?.int == 1, let exchanges = value["exchanges"]?.array else {
            throw TestIssue("\(url.lastPathComponent) is not a recording of this version", at: TestLocation())
        }
        self.exchanges = exchanges.compactMap(RecordedExchange.init)
    }

    init() {}

    var json: JSONValue {
        ["apusRecording": 1, "exchanges": .array(exchanges.map(\.json))]
    }

    func write(to url: URL) throws {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((PrettyJSON.text(json) + "\n").utf8).write(to: url, options: .atomic)
    }
}

struct RecordedExchange: Sendable {
    var operation: String?
    var request: RecordedRequest
    var status: Int
    var headerFields: [String: String]
    var body: RecordedBody?
}

struct RecordedRequest: Sendable, Hashable {
    var method: String
    var server: String
    var path: String
    /// `name=value`, decoded, sorted.
    var query: [String]
    var headerFields: [String: String]
    var body: RecordedBody?
}

/// Content, as readable as it can be.
enum RecordedBody: Sendable, Hashable {
    case json(JSONValue)
    case text(String)
    case base64(Data)
    case parts([RecordedPart])
}

struct RecordedPart: Sendable, Hashable {
    var name: String?
    var filename: String?
    var contentType: String?
    var body: RecordedBody
}

extension RecordedBody {
    /// - Parameter contentType: What the content is.
    init(_ data: Data, contentType: String?) {
        let type = contentType?.lowercased() ?? ""
        if let parts = ReceivedPart.parts(of: data, contentType: contentType) {
            self = .parts(parts.map { part in
                RecordedPart(
                    name: part.name, filename: part.filename, contentType: part.contentType,
                    body: RecordedBody(part.data, contentType: part.contentType ?? "text/plain"))
            })
        } else if type.contains("json"), !type.contains("jsonl"), !type.contains("ndjson"), !type.contains("seq"),
            let value = try? JSON.decode(JSONValue.self, from: data)
        {
            self = .json(value)
        } else if let text = String(data: data, encoding: .utf8), !text.unicodeScalars.contains(where: { $0.value < 0x20 && !"\n\r\t\u{1E}".unicodeScalars.contains($0) }) {
            self = .text(text)
        } else {
            self = .base64(data)
        }
    }

    var json: JSONValue {
        switch self {
        case .json(let value): ["json": value]
        case .text(let text): ["text": .string(text)]
        case .base64(let data): ["base64": .string(data.base64EncodedString())]
        case .parts(let parts):
            ["parts": .array(parts.map { part in
                var members: [String: JSONValue] = ["body": part.body.json]
                members["name"] = part.name.map { .string($0) }
                members["filename"] = part.filename.map { .string($0) }
                members["contentType"] = part.contentType.map { .string($0) }
                return .object(members)
            })]
        }
    }

    init?(_ value: JSONValue) {
        if let json = value["json"] {
            self = .json(json)
        } else if let text = value["text"]?.string {
            self = .text(text)
        } else if let data = value["base64"]?.string.flatMap({ Data(base64Encoded: $0) }) {
            self = .base64(data)
        } else if let parts = value["parts"]?.array {
            self = .parts(parts.compactMap { part in
                guard let body = part["body"].flatMap(RecordedBody.init) else { return nil }
                return RecordedPart(
                    name: part["name"]?.string, filename: part["filename"]?.string, contentType: part["contentType"]?.string, body: body)
            })
        } else {
            return nil
        }
    }

    /// The content for an answer. Events and lines arrive one by one.
    var httpBody: HTTPBody {
        switch self {
        case .json(let value): HTTPBody((try? JSON.encode(value)) ?? Data())
        case .text(let text): HTTPBody(text)
        case .base64(let data): HTTPBody(data)
        case .parts: .empty
        }
    }
}

extension RecordedExchange {
    var json: JSONValue {
        var response: [String: JSONValue] = [
            "status": .number(JSONNumber(status)), "headers": .object(headerFields.mapValues { .string($0) }),
        ]
        response["body"] = body?.json
        var members: [String: JSONValue] = ["request": request.json, "response": .object(response)]
        members["operation"] = operation.map { .string($0) }
        return .object(members)
    }

    init?(_ value: JSONValue) {
        guard let request = value["request"].flatMap(RecordedRequest.init), let status = value["response"]?["status"]?.int else { return nil }
        self.init(
            operation: value["operation"]?.string, request: request, status: status,
            headerFields: (value["response"]?["headers"]?.object ?? [:]).compactMapValues(\.string),
            body: value["response"]?["body"].flatMap(RecordedBody.init))
    }
}

extension RecordedRequest {
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "method": .string(method), "server": .string(server), "path": .string(path),
            "query": .array(query.map { .string($0) }), "headers": .object(headerFields.mapValues { .string($0) }),
        ]
        members["body"] = body?.json
        return .object(members)
    }

    init?(_ value: JSONValue) {
        guard let method = value["method"]?.string, let path = value["path"]?.string else { return nil }
        self.init(
            method: method, server: value["server"]?.string ?? "", path: path,
            query: (value["query"]?.array ?? []).compactMap(\.string),
            headerFields: (value["headers"]?.object ?? [:]).compactMapValues(\.string), body: value["body"].flatMap(RecordedBody.init))
    }

    /// The request, line by line: what differences are shown of.
    var lines: [String] {
        ["\(method) \(path)"] + query.map { "  ?\($0)" }
            + (body.map { PrettyJSON.text($0.json).components(separatedBy: "\n") } ?? [])
    }
}

/// JSON for people: indented, members in the order of their names.
enum PrettyJSON {
    static func text(_ value: JSONValue) -> String {
        var output = ""
        append(value, to: &output, indentation: "")
        return output
    }

    private static func append(_ value: JSONValue, to output: inout String, indentation: String) {
        let inner = indentation + "  "
        switch value {
        case .object(let members) where !members.isEmpty:
            output += "{\n"
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                output += inner + scalar(.string(member.key)) + ": "
                append(member.value, to: &output, indentation: inner)
                output += index == members.count - 1 ? "\n" : ",\n"
            }
            output += indentation + "}"
        case .array(let elements) where !elements.isEmpty:
            output += "[\n"
            for (index, element) in elements.enumerated() {
                output += inner
                append(element, to: &output, indentation: inner)
                output += index == elements.count - 1 ? "\n" : ",\n"
            }
            output += indentation + "]"
        default:
            output += scalar(value)
        }
    }

    private static func scalar(_ value: JSONValue) -> String {
        (try? JSON.bytes(of: value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
