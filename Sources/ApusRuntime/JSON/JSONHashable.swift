/// A type whose values are equal where their JSON texts are.
///
/// Generated types are so with `conformances: [Hashable]` in `apus.yaml`. Equality that
/// the compiler synthesizes would be as much code again as a type has without it; this
/// is none. A comparison writes both values, so that it takes about as long as sending
/// them does: microseconds for most. Members that are never sent count too, and dates
/// are equal where they are written alike, to the millisecond.
public protocol JSONHashable: JSONCoding, Hashable {}

extension JSONHashable {
    public static func == (left: Self, right: Self) -> Bool {
        switch (try? JSON.bytes(of: left), try? JSON.bytes(of: right)) {
        case (let left?, let right?): left == right
        // JSON has no numbers that are not finite; nothing is equal to one of these.
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        if let bytes = try? JSON.bytes(of: self) { hasher.combine(bytes) }
    }
}
