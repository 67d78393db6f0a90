import Comparison

/// Which part of a client's version has to go up for a change of its interface,
/// by semantic versioning (semver.org).
enum VersionBump: String {
    /// Code that uses the client may have to be changed.
    case major
    /// There is something new.
    case minor
    /// The interface is as it was.
    case patch

    init(_ changes: [InterfaceChange]) {
        self = changes.isEmpty ? .patch : changes.contains(where: \.isBreaking) ? .major : .minor
    }

    /// Why.
    var reason: String {
        switch self {
        case .major: "code that uses the client may have to be changed"
        case .minor: "the interface has only gained something"
        case .patch: "the interface is the same"
        }
    }
}
