public import ApusRuntime
public import HTTPTypes

/// What a stub answers: a value of the operation's own types, which the description says
/// how to write.
public struct StubAnswer<Success: Sendable, Failure: Sendable>: Sendable {
    enum Content: Sendable {
        case success(Success, status: Int?)
        case failure(Failure, status: Int)
        case example(String?)
        case undescribed(status: Int, contentType: String?, body: HTTPBody)
    }

    let content: Content

    /// Header fields of the response.
    public var headerFields = HTTPFields()

    /// A success.
    ///
    /// - Parameter status: Its status, where the description has several for the value.
    public static func ok(_ value: Success, status: Int? = nil, headerFields: HTTPFields = [:]) -> Self {
        Self(content: .success(value, status: status), headerFields: headerFields)
    }

    /// An error that the description has.
    ///
    /// - Parameter status: A status that the description has such an error for.
    public static func failure(_ status: Int, _ value: Failure, headerFields: HTTPFields = [:]) -> Self {
        Self(content: .failure(value, status: status), headerFields: headerFields)
    }

    /// An example of the description, by its name; the first one without it.
    public static func example(_ name: String? = nil, headerFields: HTTPFields = [:]) -> Self {
        Self(content: .example(name), headerFields: headerFields)
    }

    /// Whatever a server may answer, described or not: of a proxy, of a server that fails.
    public static func status(
        _ code: Int, headerFields: HTTPFields = [:], contentType: String? = nil, body: HTTPBody = .empty
    ) -> Self {
        Self(content: .undescribed(status: code, contentType: contentType, body: body), headerFields: headerFields)
    }
}

extension StubAnswer where Success == Void {
    /// A success without content.
    public static func ok(status: Int? = nil, headerFields: HTTPFields = [:]) -> Self {
        .ok((), status: status, headerFields: headerFields)
    }
}

extension TypedOperation {
    /// The response that an answer is.
    func response(_ answer: StubAnswer<Success, Failure>) throws -> (HTTPResponse, HTTPBody) {
        var (response, body): (HTTPResponse, HTTPBody)
        switch answer.content {
        case .success(let value, let status): (response, body) = try write(value, status, success, "success")
        case .failure(let value, let status): (response, body) = try write(value, status, failure, "error")
        case .example(let name): (response, body) = try exampleAnswer(named: name)
        case .undescribed(let status, let contentType, let content):
            response = HTTPResponse(status: .init(code: status))
            if let contentType { response.headerFields[.contentType] = contentType }
            body = content
        }
        for field in answer.headerFields { response.headerFields[field.name] = field.value }
        return (response, body)
    }

    private func write<Value>(
        _ value: Value, _ status: Int?, _ bodies: [AnswerBody<Value>], _ what: String
    ) throws -> (HTTPResponse, HTTPBody) {
        for precision in 0..<3 {
            for body in bodies {
                if let status {
                    guard body.statuses.contains(where: { $0.precision == precision && $0.contains(status) }) else { continue }
                } else if precision > 0 {
                    continue
                }
                if let content = try body.content(value) { return (body.head(status: status ?? body.usualStatus), content) }
            }
        }
        let described = bodies.flatMap(\.statuses).map(\.text).joined(separator: ", ")
        throw TestIssue(
            "the description has no \(what) of `\(name)` with the status \(status.map { "\($0)" } ?? "of this value"); "
                + (described.isEmpty ? "it has none at all" : "it has \(described)"), at: TestLocation())
    }
}

extension DescribedStatus {
    /// An exact code goes before a range, a range before the default.
    fileprivate var precision: Int {
        switch self {
        case .code: 0
        case .range: 1
        case .default: 2
        }
    }
}
