/// A place in a description.
public struct SourceLocation: Hashable, Sendable {
    /// The file's path, as it was given.
    public var path: String

    /// Counted from 1. Lines end with a line feed, a carriage return, or both.
    public var line: Int

    /// Counted from 1, in Unicode scalars.
    public var column: Int

    public init(path: String, line: Int, column: Int) {
        self.path = path
        self.line = line
        self.column = column
    }
}

extension SourceLocation: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.path, left.line, left.column) < (right.path, right.line, right.column)
    }
}

extension SourceLocation: CustomStringConvertible {
    /// `path:line:column`, as compilers print it.
    public var description: String { "\(path):\(line):\(column)" }
}
