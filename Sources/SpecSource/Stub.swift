public struct SourceLocation: Hashable, Sendable, Comparable, CustomStringConvertible { public var path: String; public var line: Int; public var column: Int
 public static func < (a: Self, b: Self) -> Bool { a.line < b.line }
 public var description: String { "\(path):\(line):\(column)" } }
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible { public enum Severity: Sendable { case note, warning, error }
 public var severity: Severity; public var location: SourceLocation?; public var message: String
 public var description: String { message } }
public final class Diagnostics { public init() {}
 public private(set) var all: [Diagnostic] = []
 public func warn(_ m: String, at: SourceLocation?) {}
 public func note(_ m: String, at: SourceLocation?) {}
 public func error(_ m: String, at: SourceLocation?) {} }
public struct SourceError: Error, CustomStringConvertible { public init(location: SourceLocation?, message: String, hint: String?) {} ; public var description: String { "" } }
public final class SourceTree: Sendable { public var root: Node { fatalError() } ; public var path: String { "" } ; public var nodeCount: Int { 0 } }
public struct Node: Sendable, Hashable {
 public enum Kind: Sendable { case null, bool, integer, number, string, sequence, mapping }
 let t: Int
 public var kind: Kind { .null }
 public var location: SourceLocation { fatalError() }
 public var id: Int { 0 }
 public var tree: SourceTree { fatalError() }
 public var text: String { "" }
 public var string: String? { nil }
 public var bool: Bool? { nil }
 public var int: Int? { nil }
 public var double: Double? { nil }
 public var isScalar: Bool { true }
 public var elements: [Node] { [] }
 public var members: [(key: String, value: Node)] { [] }
 public func keyLocation(_ key: String) -> SourceLocation? { nil }
 public subscript(key: String) -> Node? { nil }
 public func resolve(pointer: String) -> Node? { nil }
}
public enum SourceReader { public static func read(path: String, diagnostics: Diagnostics) throws(SourceError) -> SourceTree { fatalError() } }
