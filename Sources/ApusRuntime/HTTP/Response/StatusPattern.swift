/// The statuses a response of the description is for (OpenAPI Responses Object).
public enum StatusPattern: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// `404`.
    case code(Int)
    /// `4XX` is `400...499`.
    case range(ClosedRange<Int>)
    /// All that no other response is for.
    case `default`

    public init(integerLiteral value: Int) {
        self = .code(value)
    }

    /// How closely a status is met: the closest response counts. `nil` if it is not.
    func closeness(to status: Int) -> Int? {
        switch self {
        case .code(let code): code == status ? 2 : nil
        case .range(let range): range.contains(status) ? 1 : nil
        case .default: 0
        }
    }
}

extension Collection {
    /// The element whose patterns meet a status most closely.
    func closest(to status: Int, _ patterns: (Element) -> [StatusPattern]) -> Element? {
        var best: (element: Element, closeness: Int)?
        for element in self {
            for pattern in patterns(element) {
                guard let closeness = pattern.closeness(to: status), closeness > best?.closeness ?? -1 else { continue }
                best = (element, closeness)
            }
        }
        return best?.element
    }
}
