public import ApusRuntime
public import HTTPTypes

/// One operation of a description, whatever its types.
public protocol OperationValue: Sendable {
    /// Its name in the description (`operationId`, or method and path).
    var name: String { get }
    /// Its method.
    var method: String { get }
    /// Its path as the description writes it.
    var template: String { get }
    /// The `Accept` field that tells it from another way to ask for the same.
    var accept: String? { get }

    /// An answer made of an example.
    ///
    /// - Parameter name: The example's name in the description; the first one without it.
    /// - Throws: ``TestIssue`` where there is no such example.
    func exampleAnswer(named name: String?) throws -> (HTTPResponse, HTTPBody)
}

/// One operation with its types: what calls of it are read as, and what its answers are
/// made of. The tool generates them.
public struct TypedOperation<Call: Sendable, Success: Sendable, Failure: Sendable>: OperationValue {
    public let name: String
    public let method: String
    public let template: String
    public let accept: String?
    let call: @Sendable (CallReader) throws -> Call
    let success: [AnswerBody<Success>]
    let failure: [AnswerBody<Failure>]
    let examples: [(name: String, text: String)]

    /// Creates an operation.
    ///
    /// - Parameters:
    ///   - success: The successes that are described, the usual one first.
    ///   - failure: The errors that are described.
    ///   - examples: Texts of the content of the first success, by their names.
    public init(
        _ name: StaticString, _ method: StaticString, _ template: StaticString, accept: StaticString? = nil,
        call: @escaping @Sendable (CallReader) throws -> Call, success: [AnswerBody<Success>],
        failure: [AnswerBody<Failure>] = [], examples: KeyValuePairs<StaticString, StaticString> = [:]
    ) {
        self.name = name.description
        self.method = method.description
        self.template = template.description
        self.accept = accept?.description
        self.call = call
        self.success = success
        self.failure = failure
        self.examples = examples.map { ($0.key.description, $0.value.description) }
    }

    public func exampleAnswer(named name: String?) throws -> (HTTPResponse, HTTPBody) {
        guard let body = success.first else { throw TestIssue("`\(self.name)` has no success", at: TestLocation()) }
        let example = name.map { name in examples.first { $0.name == name } } ?? examples.first
        guard let text = example?.text ?? (name == nil && body.format.needsNoExample ? "" : nil) else {
            let known = examples.map { "`\($0.name)`" }.joined(separator: ", ")
            throw TestIssue(
                name.map { "`\(self.name)` has no example `\($0)`\(known.isEmpty ? "" : "; it has \(known)")" }
                    ?? "nothing is known that `\(self.name)` could answer; stub it", at: TestLocation())
        }
        return (body.head(status: body.usualStatus), body.format.body(ofExample: text, contentType: body.contentType))
    }
}

extension OperationValue {
    /// What tells operations apart.
    var identity: OperationIdentity { OperationIdentity(name: name, method: method, template: template, accept: accept) }
}

struct OperationIdentity: Hashable, Sendable {
    let name: String
    let method: String
    let template: String
    let accept: String?
}
