/// Something that makes a test wrong: a call that nobody stubbed, an answer that the
/// description does not have, a request that was not recorded.
///
/// The call throws it, and it fails the running test too, since the code under test may
/// catch what a call throws: see ``TestIssues``.
public struct TestIssue: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and what to do about it. Nothing in it is secret.
    public let message: String

    /// The line that made the call, where the process can tell it; else the line that made
    /// the stub or the transport of the recording.
    public let location: TestLocation

    /// Creates an issue.
    public init(_ message: String, at location: TestLocation) {
        self.message = message
        self.location = location
    }

    public var description: String { message }
}

/// A place in the source code of a test.
public struct TestLocation: Sendable, Hashable {
    /// `Module/File.swift`, as `#fileID` has it.
    public let fileID: String
    /// As `#filePath` has it.
    public let filePath: String
    /// From 1.
    public let line: Int
    /// From 1.
    public let column: Int

    let staticFile: StaticText

    /// Creates a location, of the caller unless another is given.
    public init(
        fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: Int = #line, column: Int = #column
    ) {
        self.fileID = fileID.description
        self.filePath = filePath.description
        self.line = line
        self.column = column
        staticFile = StaticText(text: filePath)
    }
}

/// A `StaticString` that can be compared.
struct StaticText: Sendable, Hashable {
    let text: StaticString

    static func == (left: Self, right: Self) -> Bool { left.text.description == right.text.description }

    func hash(into hasher: inout Hasher) { hasher.combine(text.description) }
}
