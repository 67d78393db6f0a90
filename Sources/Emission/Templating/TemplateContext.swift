/// What a template's tags can say.
enum TemplateValue: Sendable {
    case text(String)
    case flag(Bool)
    case texts([String])
    case list([TemplateContext])

    /// Whether a section over the value is rendered.
    var isTrue: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .flag(let flag): flag
        case .texts(let texts): !texts.isEmpty
        case .list(let list): !list.isEmpty
        }
    }
}

/// The values by key that a template is rendered with.
struct TemplateContext: Sendable {
    private var values: [(key: TemplateKey, value: TemplateValue)] = []

    subscript(_ key: TemplateKey) -> TemplateValue? {
        // A dozen entries: a walk is faster than hashing.
        for entry in values where entry.key == key { return entry.value }
        return nil
    }

    // Values that say nothing are set too: a section must not find its
    // parent's.

    mutating func set(_ key: TemplateKey, _ text: String) {
        values.append((key, .text(text)))
    }

    mutating func set(_ key: TemplateKey, _ flag: Bool) {
        values.append((key, .flag(flag)))
    }

    mutating func set(_ key: TemplateKey, _ texts: [String]) {
        values.append((key, .texts(texts)))
    }

    mutating func set(_ key: TemplateKey, _ list: [TemplateContext]) {
        values.append((key, .list(list)))
    }
}
