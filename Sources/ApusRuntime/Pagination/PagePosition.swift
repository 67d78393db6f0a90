/// Which page is asked for.
enum PagePosition: Sendable, Hashable, Codable {
    /// The value that the page before it gave. Of a number it is the JSON text.
    case value(String, isNumber: Bool)
    /// Path and query.
    case target(String)
    case number(Int)
}

/// Where the pages of an operation go on: kept, it lets another process go on there.
///
///     let kept = try JSONEncoder().encode(continuation)
///
/// It may hold what the caller sent as parameters: whoever keeps it keeps it as
/// safely as them. No description shows it.
public struct PageContinuation: Sendable, Hashable, Codable {
    /// The operation, by its name in the description.
    public let operation: String

    let position: PagePosition
    /// How many items came before; `nil` where it did not begin with the first page.
    let count: Int?
}

extension PageContinuation: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "continuation of \(operation)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["operation": operation], displayStyle: .struct) }
}

/// Where pages begin.
public enum PageRange: Sendable, Hashable {
    /// With the page that the parameters ask for, which is the first unless they say
    /// another.
    case all

    /// Where they once ended. All other parameters are to be those of that time.
    case from(PageContinuation)
}
