/// A scope of one security scheme (RFC 6749 section 3.3), as a generated type
/// with a constant for each that the description names.
public protocol OAuth2Scope: RawRepresentable, Hashable, Sendable where RawValue == String {
    /// A scope by its text; any text, also one that the description lacks.
    init(rawValue: String)
}
