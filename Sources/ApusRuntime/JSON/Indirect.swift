/// Keeps a property's value in memory of its own, so that a struct can contain itself.
///
///     struct Node {
///         @Indirect var parent: Node?
///     }
///
/// It has value semantics: a change makes a new box.
@propertyWrapper
public struct Indirect<Value> {
    private var box: Box<Value>

    /// Boxes a value.
    public init(wrappedValue: Value) {
        box = Box(wrappedValue)
    }

    /// The value in the box.
    public var wrappedValue: Value {
        get { box.value }
        set { box = Box(newValue) }
    }
}

private final class Box<Value> {
    let value: Value
    init(_ value: Value) { self.value = value }
}

extension Box: Sendable where Value: Sendable {}
extension Indirect: Sendable where Value: Sendable {}

extension Indirect: Equatable where Value: Equatable {
    public static func == (left: Self, right: Self) -> Bool {
        left.wrappedValue == right.wrappedValue
    }
}

extension Indirect: Hashable where Value: Hashable {
    public func hash(into hasher: inout Hasher) {
        hasher.combine(wrappedValue)
    }
}
