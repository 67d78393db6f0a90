/// What a template's tag asks for, as a number: comparing two keys is comparing two
/// numbers. Whoever has templates gives each key its name.
public struct TemplateKey: Hashable, Sendable {
    public let number: UInt16

    public init(number: UInt16) {
        self.number = number
    }
}

/// What a template's tags can say.
public enum TemplateValue: Sendable {
    case text(String)
    case flag(Bool)
    case texts([String])
    case list([TemplateContext])

    /// Whether a section over the value is rendered.
    public var isTrue: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .flag(let flag): flag
        case .texts(let texts): !texts.isEmpty
        case .list(let list): !list.isEmpty
        }
    }
}

/// The values by key that a template is rendered with.
public struct TemplateContext: Sendable {
    private var values: [(key: TemplateKey, value: TemplateValue)] = []
    /// Finds what few templates ask for, when one asks.
    private let fallback: (@Sendable (TemplateKey) -> String?)?

    /// - Parameter fallback: The text of a key that has no value of its own.
    public init(fallback: (@Sendable (TemplateKey) -> String?)? = nil) {
        self.fallback = fallback
    }

    public subscript(_ key: TemplateKey) -> TemplateValue? {
        // A dozen entries: a walk is faster than hashing.
        for entry in values where entry.key == key { return entry.value }
        return fallback?(key).map { .text($0) }
    }

    /// Values that say nothing are set too: a section must not find its parent's.
    public mutating func set(_ key: TemplateKey, _ value: TemplateValue) {
        values.append((key, value))
    }
}
