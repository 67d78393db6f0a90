import Foundation

/// Where issues go: to the running test.
///
/// XCTest is found by itself. Swift Testing offers nothing that a library could call
/// without linking it, so one line in the test target installs it:
///
///     TestIssues.install { issue in
///         Issue.record("\(issue)", sourceLocation: SourceLocation(
///             fileID: issue.location.fileID, filePath: issue.location.filePath,
///             line: issue.location.line, column: issue.location.column))
///     }
///
/// Whatever is installed, the call throws the issue.
public enum TestIssues {
    private static let handler = Locked<(@Sendable (TestIssue) -> Void)?>(nil)

    /// The handler of one task and what it starts, which goes before the installed one:
    /// for tests of code that makes issues.
    @TaskLocal public static var taskHandler: (@Sendable (TestIssue) -> Void)?

    /// Sets what is told of issues, for the whole process.
    public static func install(_ handler: @escaping @Sendable (TestIssue) -> Void) {
        self.handler.withValue { $0 = handler }
    }

    /// Runs `body`, and returns the issues that were found in it.
    package static func found(in body: () async throws -> Void) async rethrows -> [TestIssue] {
        let found = Locked<[TestIssue]>([])
        try await $taskHandler.withValue({ issue in found.withValue { $0.append(issue) } }) { try await body() }
        return found.withValue { $0 }
    }

    /// Fails the running test.
    static func report(_ issue: TestIssue) {
        if let handler = taskHandler ?? handler.withValue({ $0 }) { return handler(issue) }
        XCTestFailure.report(issue)
    }
}

/// `XCTFail`, where the process has XCTest.
private enum XCTestFailure {
    // XCTFail(_: String, file: StaticString, line: UInt)
    private static let symbol = "$s6XCTest7XCTFail_4file4lineySS_s12StaticStringVSutF"

    private typealias Fail = @convention(thin) (String, StaticString, UInt) -> Void

    static func report(_ issue: TestIssue) {
        #if canImport(Darwin)
            let everywhere = UnsafeMutableRawPointer(bitPattern: -2)
        #else
            let everywhere: UnsafeMutableRawPointer? = nil
        #endif
        guard let address = dlsym(everywhere, symbol) else {
            FileHandle.standardError.write(Data("\(issue.location.fileID):\(issue.location.line): \(issue)\n".utf8))
            return
        }
        unsafeBitCast(address, to: Fail.self)(issue.message, issue.location.staticFile.text, UInt(issue.location.line))
    }
}
