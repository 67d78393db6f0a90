public import ApusRuntime
public import Foundation
public import HTTPTypes

/// A transport that answers from a recording.
///
/// A request that was not recorded fails the test, with the nearest one that was, as a
/// difference. Secrets are compared with nothing: those that are sent are taken out
/// before. Links to the recorded server lead to the one that is asked.
public final class ReplayTransport: Transport, Sendable {
    /// Which recorded request a request is.
    public enum Matching: Sendable {
        /// The same method, path, query in any order and content; each recorded answer once,
        /// in order.
        case strict
        /// The same method and path; the last answer again and again.
        case loose
    }

    private let recording: Recording
    private let matching: Matching
    private let scrubber: Scrubber
    private let played = Locked<Set<Int>>([])
    private let location: TestLocation

    /// Reads a recording.
    ///
    /// - Throws: Where the file cannot be read or is not a recording.
    public init(
        from file: URL, matching: Matching = .strict, scrubbing: Scrubbing = Scrubbing(), fileID: StaticString = #fileID,
        filePath: StaticString = #filePath, line: Int = #line, column: Int = #column
    ) throws {
        recording = try Recording(contentsOf: file)
        self.matching = matching
        scrubber = Scrubber(scrubbing)
        location = TestLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    }

    /// How many recorded exchanges have not been played yet.
    public var unplayed: Int { recording.exchanges.count - played.withValue { $0.count } }

    public func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        try await answer(request, body, operation: nil)
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        try await answer(request, body, operation: context.operation.operation)
    }

    private func answer(
        _ request: HTTPRequest, _ body: HTTPBody?, operation: String?
    ) async throws -> (HTTPResponse, HTTPBody) {
        let content = try await body?.collect(upTo: .max)
        let asked = scrubber.scrub(RecordedRequest(request, content: content))
        guard let exchange = next(asked, operation)?.given(by: asked.server) else {
            let issue = TestIssue(miss(asked), at: CallSite.find() ?? location)
            TestIssues.report(issue)
            throw issue
        }
        var fields = HTTPFields()
        for (name, value) in exchange.headerFields.sorted(by: { $0.key < $1.key }) {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return (HTTPResponse(status: .init(code: exchange.status), headerFields: fields), exchange.body?.httpBody ?? .empty)
    }

    private func next(_ asked: RecordedRequest, _ operation: String?) -> RecordedExchange? {
        played.withValue { played in
            let matches = recording.exchanges.indices.filter { index in
                let recorded = recording.exchanges[index].request
                if let operation, let own = recording.exchanges[index].operation, own != operation { return false }
                switch matching {
                case .strict:
                    return recorded.method == asked.method && Self.isSame(recorded.path, asked.path) && recorded.query == asked.query
                        && recorded.body == asked.body
                case .loose: return recorded.method == asked.method && Self.isSame(recorded.path, asked.path)
                }
            }
            guard let index = matches.first(where: { !played.contains($0) }) ?? (matching == .loose ? matches.last : nil) else { return nil }
            played.insert(index)
            return recording.exchanges[index]
        }
    }

    /// Whether paths are equal but for secrets in the recorded one, and for the path of
    /// the server: the recording may be of another one.
    private static func isSame(_ recorded: String, _ asked: String) -> Bool {
        if recorded == asked { return true }
        let (left, right) = (recorded.split(separator: "/"), asked.split(separator: "/"))
        guard !left.isEmpty, !right.isEmpty else { return false }
        return zip(left.reversed(), right.reversed()).allSatisfy { $0 == $1 || $0 == Scrubber.placeholder }
    }

    private func miss(_ asked: RecordedRequest) -> String {
        let played = played.withValue { $0 }
        if matching == .strict,
            recording.exchanges.indices.contains(where: { played.contains($0) && recording.exchanges[$0].request.lines == asked.lines })
        {
            return "the request was recorded, and has been made more often than it was then:\n" + asked.lines.map { "  " + $0 }.joined(separator: "\n")
        }
        let nearest = recording.exchanges.map(\.request).max { LineDifference.common($0.lines, asked.lines) < LineDifference.common($1.lines, asked.lines) }
        guard let nearest else { return "the request was not recorded; the recording is empty" }
        return "the request was not recorded; the nearest one that was (-), and this one (+):\n"
            + LineDifference.text(nearest.lines, asked.lines)
    }
}

/// What differs between two texts, line by line.
enum LineDifference {
    static func common(_ left: [String], _ right: [String]) -> Int {
        left.count + right.count - right.difference(from: left).count
    }

    static func text(_ left: [String], _ right: [String]) -> String {
        let difference = right.difference(from: left)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [String] = []
        var (old, new) = (0, 0)
        while old < left.count || new < right.count {
            if removed.contains(old) {
                lines.append("- " + left[old])
                old += 1
            } else if inserted.contains(new) {
                lines.append("+ " + right[new])
                new += 1
            } else {
                lines.append("  " + right[new])
                old += 1
                new += 1
            }
        }
        return lines.joined(separator: "\n")
    }
}
