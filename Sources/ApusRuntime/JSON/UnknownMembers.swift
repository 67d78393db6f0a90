/// What becomes of members that a model does not know.
public enum UnknownMembers: Sendable, Hashable {
    /// They are left out.
    case drop
    /// They are kept by models that have a place for them, and written again.
    case keep
}
