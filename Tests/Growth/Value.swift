import Foundation

/// A description as a tree of values that can be changed: a description is
/// read into it, mutated, and written as JSON.
///
/// Members keep their order, since the order is one of the things that growth
/// must not depend on.
public indirect enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number, as JSON writes it.
    case number(String)
    case string(String)
    case array([Value])
    case object([Member])

    public struct Member: Hashable, Sendable {
        public var key: String
        public var value: Value

        public init(_ key: String, _ value: Value) {
            self.key = key
            self.value = value
        }
    }
}

extension Value {
    /// The value of a member; none for what is not an object.
    public subscript(key: String) -> Value? {
        members.first { $0.key == key }?.value
    }

    public var members: [Member] {
        if case .object(let members) = self { return members }
        return []
    }

    public var elements: [Value] {
        if case .array(let elements) = self { return elements }
        return []
    }

    public var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// The strings of an array of strings.
    public var strings: [String] { elements.compactMap(\.string) }

    /// What is at a place; none where the path leads nowhere.
    public subscript(path: Path) -> Value? {
        path.steps.reduce(Optional(self)) { value, step in
            if case .array(let elements) = value {
                guard let index = Int(step), elements.indices.contains(index) else { return nil }
                return elements[index]
            }
            return value?[step]
        }
    }

    /// The value without the members and elements at the paths, all of which
    /// are counted in the value as it is.
    public func removing(_ paths: Set<Path>) -> Value {
        var places = Removal()
        for path in paths { places.insert(path.steps[...]) }
        return removing(places)
    }

    private func removing(_ places: Removal) -> Value {
        guard !places.inside.isEmpty else { return self }
        func kept(_ value: Value, _ step: String) -> Value? {
            guard let inside = places.inside[step] else { return value }
            return inside.isEnd ? nil : value.removing(inside)
        }
        switch self {
        case .object(let members):
            return .object(members.compactMap { member in kept(member.value, member.key).map { Member(member.key, $0) } })
        case .array(let elements):
            return .array(elements.enumerated().compactMap { kept($0.element, String($0.offset)) })
        default: return self
        }
    }

    /// The places to remove, as a tree of steps.
    private struct Removal {
        var inside: [String: Removal] = [:]
        var isEnd = false

        mutating func insert(_ steps: ArraySlice<String>) {
            guard let first = steps.first else {
                isEnd = true
                return
            }
            inside[first, default: Removal()].insert(steps.dropFirst())
        }
    }
}

/// Where a value stands in a description: the steps of a JSON Pointer (RFC 6901).
public struct Path: Hashable, Sendable, CustomStringConvertible {
    public var steps: [String]

    public init(_ steps: [String] = []) {
        self.steps = steps
    }

    public static func / (path: Path, step: String) -> Path {
        Path(path.steps + [step])
    }

    public func isPrefix(of other: Path) -> Bool {
        other.steps.starts(with: steps)
    }

    /// The place that a reference within its own file names; none for others.
    public init?(reference: String) {
        guard reference.hasPrefix("#/") else { return nil }
        steps = reference.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false).map { step in
            String(step).removingPercentEncoding?.replacing("~1", with: "/").replacing("~0", with: "~") ?? String(step)
        }
    }

    /// The pointer as references write it.
    public var description: String {
        "#" + steps.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }
}
