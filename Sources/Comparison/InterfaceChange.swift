/// One difference between the Swift interfaces of two descriptions.
public struct InterfaceChange: Hashable, Sendable {
    public enum Kind: String, Sendable {
        case added, removed, changed
    }

    /// What it is that differs.
    public enum Subject: String, Sendable {
        case namespace, operation, parameter, type, property, enumCase = "case", server, securityScheme = "security scheme"
    }

    public var kind: Kind
    public var subject: Subject
    /// As it is written in Swift: `User.name`, `getUser(id:)`.
    public var name: String
    /// What is different, where that does not go without saying.
    public var detail: String
    /// Whether code that uses the interface may have to be changed.
    public var isBreaking: Bool

    /// Creates a change.
    public init(kind: Kind, subject: Subject, name: String, detail: String, isBreaking: Bool) {
        self.kind = kind
        self.subject = subject
        self.name = name
        self.detail = detail
        self.isBreaking = isBreaking
    }
}

extension InterfaceChange: CustomStringConvertible {
    /// `removed property User.name`, on one line.
    public var description: String {
        "\(kind.rawValue) \(subject.rawValue) \(name)" + (detail.isEmpty ? "" : ": \(detail)")
    }
}
