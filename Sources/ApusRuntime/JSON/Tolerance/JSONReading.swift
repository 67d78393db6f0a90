/// How a text is read that is not as its description says.
public enum JSONReading: Sendable, Hashable {
    /// What does not fit is an error.
    case strict

    /// The best is made of what does not fit, as long as nothing is invented that matters:
    ///
    /// - A list or dictionary that is `null` or missing is empty.
    /// - An optional member that cannot be read is nil; an element of a list or dictionary that
    ///   cannot be read is left out.
    /// - Scalars are converted where nothing is lost: `"12"` to 12, 12 to `"12"`, `"true"`
    ///   and 1 to true. A `date-time` may be seconds since 1970 (milliseconds from 10^11
    ///   on), as RFC 2822 writes it, or with slashes where day and month cannot be confused.
    /// - One value stands for a list of it, `[]` for an object without members.
    ///
    /// Each of these is a ``JSONDeviation``. What remains is an error, as in strict reading.
    case tolerant
}

/// Where a text is not as its description says, and was read all the same.
public struct JSONDeviation: Sendable, Hashable, CustomStringConvertible {
    /// The operation whose response it was found in; nil outside of clients.
    public var operation: String?

    /// Where it is: `$.users[3].name`.
    public let path: String

    /// The type that was expected, as Swift calls it.
    public let expected: String

    /// What was found in its place: `string`, `null`, `nothing`. Never a value.
    public let found: String

    /// Why what was found could not be read; nil where it was converted.
    public let reason: String?

    /// Creates a deviation.
    public init(operation: String? = nil, path: String, expected: String, found: String, reason: String? = nil) {
        self.operation = operation
        self.path = path
        self.expected = expected
        self.found = found
        self.reason = reason
    }

    public var description: String {
        let place = operation.map { "\($0): \(path)" } ?? path
        return "\(place): expected \(expected), found \(found)" + (reason.map { " (\($0))" } ?? "")
    }
}

/// How the readers of one text deal with what does not fit.
enum ReadingMode {
    /// The first fault ends reading.
    case strict
    /// Reading goes on after faults, to find the others.
    case listingFaults
    case tolerant
}

/// A deviation before its path is known.
struct FoundDeviation {
    /// The most that are kept of one text.
    static let most = 100

    let offset: Int
    /// The member that the object at the offset lacks.
    var member: String?
    let expected: String
    let found: String
    var reason: String?
}
