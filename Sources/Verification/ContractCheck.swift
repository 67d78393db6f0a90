import OpenAPI
import Source
import SpecSource
import SyntaxTree

/// What a server answered that its description does not say, and how often.
public struct Deviation: Hashable, Sendable {
    /// The operation's name, or method and path.
    public var operation: String
    /// The status of the answer.
    public var status: Int
    /// Where in the answer, such as `$.items[0].name`; `status` or a header field.
    public var place: String
    /// What is wrong.
    public var message: String
    /// How many answers have it.
    public var count: Int
}

/// Holds recorded answers against a description.
public struct ContractCheck {
    private let document: Document
    private let check: SchemaCheck
    private var found: [Deviation] = []
    /// How many answers were looked at.
    public private(set) var answerCount = 0

    /// Creates a check.
    public init(_ document: Document) {
        self.document = document
        // What a recording has in the place of a secret.
        check = SchemaCheck(document, direction: .received, placeholder: "secret")
    }

    /// What was found, in the order of the answers.
    public var deviations: [Deviation] { found }

    /// Looks at the exchanges of a recording.
    ///
    /// - Throws: Where it is none.
    public mutating func read(_ recording: Node) throws(SourceError) {
        guard recording["apusRecording"]?.int == 1, let exchanges = recording["exchanges"] else {
            throw SourceError(
                location: recording.location, message: "this is not a recording",
                hint: "a recording is what `RecordingTransport` of ApusTesting writes")
        }
        for exchange in exchanges.elements { look(at: exchange) }
    }

    private mutating func look(at exchange: Node) {
        guard let request = exchange["request"], let method = request["method"]?.string, let path = request["path"]?.string,
            let answer = exchange["response"], let status = answer["status"]?.int
        else { return }
        let name = exchange["operation"]?.string
        guard let operation = operation(named: name, method, path) else {
            // A request for a token belongs to no operation.
            if name != nil || !path.hasSuffix("/token") { note("\(method) \(path)", status, "path", "the description has no such operation") }
            return
        }
        answerCount += 1
        let title = operation.operationID ?? "\(method) \(operation.path)"
        guard let response = operation.response(for: status) else {
            note(title, status, "status", "the description has no response for it")
            return
        }
        let fields = answer["headers"]
        for header in response.headers where header.isRequired && fields?[header.name.lowercased()] == nil {
            note(title, status, header.name, "the header field is missing")
        }
        guard let body = answer["body"] else {
            if !response.content.isEmpty, status != 204, status != 304, method != "HEAD" { note(title, status, "$", "there is no content") }
            return
        }
        look(at: body, contentType: fields?["content-type"]?.text ?? "", response, title, status)
    }

    private mutating func look(at body: Node, contentType: String, _ response: Response, _ title: String, _ status: Int) {
        guard !response.content.isEmpty else { return }
        let type = Self.essence(contentType)
        guard let media = response.content.first(where: { Self.matches(Self.essence($0.name), type) }) else {
            let described = response.content.map { Self.essence($0.name) }.joined(separator: ", ")
            note(title, status, "content-type", "it is `\(type)`; described: \(described)")
            return
        }
        if let json = body["json"] {
            guard let schema = media.schema, let misfit = check.misfit(of: Sample(json), in: schema) else { return }
            note(title, status, misfit.path, misfit.message)
        } else if let text = body["text"]?.string, let schema = media.itemSchema ?? media.schema {
            // Lines of JSON; events have their JSON in `data`.
            let isEvents = type == "text/event-stream"
            guard isEvents || type.contains("jsonl") || type.contains("ndjson") || type.contains("json-seq") else { return }
            for line in text.split(whereSeparator: { $0 == "\n" || $0 == "\u{1E}" }) {
                let content = isEvents ? line.hasPrefix("data:") ? line.dropFirst(5) : "" : line
                guard let value = try? SourceReader.parse(Array(content.utf8), path: "line.json", diagnostics: Diagnostics()).root,
                    !content.isEmpty, !isEvents, let misfit = check.misfit(of: Sample(value), in: schema)
                else { continue }
                note(title, status, misfit.path, misfit.message)
            }
        }
    }

    private mutating func note(_ operation: String, _ status: Int, _ place: String, _ message: String) {
        // Elements of a list that have the same fault are one.
        let place = place.replacing(/\[\d+\]/, with: "[*]")
        let index = found.firstIndex {
            $0.operation == operation && $0.status == status && $0.place == place && $0.message == message
        }
        if let index {
            found[index].count += 1
        } else {
            found.append(Deviation(operation: operation, status: status, place: place, message: message, count: 1))
        }
    }

    // MARK: - Finding

    private func operation(named name: String?, _ method: String, _ path: String) -> Operation? {
        let all = document.operations.filter { $0.method == method }
        if let name, let own = all.first(where: { ($0.operationID ?? "\($0.method) \($0.path)") == name }) { return own }
        return all.filter { Self.literals(of: $0.path, in: path) != nil }
            .max { Self.literals(of: $0.path, in: path) ?? 0 < Self.literals(of: $1.path, in: path) ?? 0 }
    }

    /// How many segments of a template stand in a path as they are; nil where the path is
    /// not of the template. Before it, the path may have that of a server.
    private static func literals(of template: String, in path: String) -> Int? {
        let wanted = template.prefix { $0 != "?" }.split(separator: "/")
        let segments = path.split(separator: "/").suffix(wanted.count)
        guard segments.count == wanted.count else { return nil }
        var count = 0
        for (part, segment) in zip(wanted, segments) {
            if part.contains("{") { continue }
            guard part == segment else { return nil }
            count += 1
        }
        return count
    }

    private static func essence(_ mediaType: String) -> String {
        String(mediaType.prefix { $0 != ";" }).lowercased().filter { !$0.isWhitespace }
    }

    private static func matches(_ described: String, _ type: String) -> Bool {
        if described == type || described == "*/*" { return true }
        return described.hasSuffix("/*") && type.hasPrefix(described.dropLast())
    }
}

extension Operation {
    fileprivate func response(for status: Int) -> Response? {
        (responses.first { $0.status == .code(status) } ?? responses.first { $0.status == .range(status / 100) }
            ?? responses.first { $0.status == .default })?.response
    }
}
