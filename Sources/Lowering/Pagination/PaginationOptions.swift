import OpenAPI
import Source

/// What the user decides about pages.
public struct PaginationOptions: Sendable {
    /// What is concluded from the structure where nobody says how an operation pages.
    public enum Inference: String, Sendable, CaseIterable {
        case off
        /// What has one reading.
        case narrow
        /// Parameters that are counted up too.
        case wide
    }

    /// Whether no operation pages.
    public var isOff = false
    public var inference = Inference.narrow
    /// Rules for all operations that they fit, the first one first.
    public var conventions: [PaginationRule] = []
    /// Rules by the `operationId`, or the method and path: `GET /users`.
    public var operations: [String: PaginationStatement] = [:]
    /// Operations that do not page, by the same names.
    public var exclude: [String: Configured] = [:]

    /// Creates settings that infer what has one reading.
    public init() {}
}
