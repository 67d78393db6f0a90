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

    public init() {}

    public subscript(_ key: TemplateKey) -> TemplateValue? {
        // A dozen entries: a walk is faster than hashing.
        for entry in values where entry.key == key { return entry.value }
        return nil
    }

    // Values that say nothing are set too: a section must not find its
    // parent's.

    public mutating func set(_ key: TemplateKey, _ text: String) {
        values.append((key, .text(text)))
    }

    public mutating func set(_ key: TemplateKey, _ flag: Bool) {
        values.append((key, .flag(flag)))
    }

    public mutating func set(_ key: TemplateKey, _ texts: [String]) {
        values.append((key, .texts(texts)))
    }

    public mutating func set(_ key: TemplateKey, _ list: [TemplateContext]) {
        values.append((key, .list(list)))
    }
}
