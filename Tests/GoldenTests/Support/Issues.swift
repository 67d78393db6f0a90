import ApusTesting
import Foundation
import Testing

/// Runs `body`, and returns the issues that stubs found in it.
func issues(in body: () async throws -> Void) async rethrows -> [TestIssue] {
    let found = Found()
    try await TestIssues.$taskHandler.withValue({ found.append($0) }) { try await body() }
    return found.all
}

private final class Found: @unchecked Sendable {
    private let lock = NSLock()
    private var issues: [TestIssue] = []

    func append(_ issue: TestIssue) { lock.withLock { issues.append(issue) } }
    var all: [TestIssue] { lock.withLock { issues } }
}
