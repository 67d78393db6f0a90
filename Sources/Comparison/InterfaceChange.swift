/// One difference between the Swift interfaces of two descriptions.
struct InterfaceChange: Hashable {
    enum Kind: String {
        case added, removed, changed
    }

    /// What it is that differs.
    enum Subject: String {
        case namespace, operation, parameter, type, property, enumCase = "case", server, securityScheme = "security scheme"
    }

    var kind: Kind
    var subject: Subject
    /// As it is written in Swift: `User.name`, `getUser(id:)`.
    var name: String
    /// What is different, where that does not go without saying.
    var detail: String
    /// Whether code that uses the interface may have to be changed.
    var isBreaking: Bool
}

extension InterfaceChange: CustomStringConvertible {
    /// `removed property User.name`, on one line.
    var description: String {
        "\(kind.rawValue) \(subject.rawValue) \(name)" + (detail.isEmpty ? "" : ": \(detail)")
    }
}
