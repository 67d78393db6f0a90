/// A string that must not be seen: a token, a password, a client secret.
///
/// No description, dump, mirror or interpolation shows it. ``exposed`` is the
/// only way to the text, so each use can be found.
public struct Secret: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The secret text itself.
    public let exposed: String

    /// Wraps a secret.
    public init(_ text: String) {
        exposed = text
    }

    /// Wraps a literal.
    public init(stringLiteral value: String) {
        exposed = value
    }
}

/// A secret's JSON form is its text: to the server it has to be shown.
extension Secret: JSONCoding, Codable {
    public init(from value: inout ValueReader) {
        self.init(value.read(String.self))
    }

    public func encode(to value: inout ValueWriter) {
        value.string(exposed)
    }

    public func parameterForm() -> ParameterForm { .text(exposed) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<redacted>" }
    public var debugDescription: String { "<redacted>" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
