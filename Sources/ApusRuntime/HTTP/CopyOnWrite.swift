/// A value in memory of its own, which is copied when it is changed while
/// others share it.
///
/// What generated code passes around is one word with it. The compiler would
/// write out the copying of all parts in every operation.
struct CopyOnWrite<Value> {
    private var storage: Storage

    init(_ value: Value) {
        storage = Storage(value)
    }

    /// The value. It is changed in place if it is not shared.
    var value: Value {
        _read { yield storage.value }
        _modify {
            if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
            yield &storage.value
        }
    }

    private final class Storage {
        var value: Value

        init(_ value: Value) {
            self.value = value
        }
    }
}

// Storage is changed only where it is known to have one owner.
extension CopyOnWrite: @unchecked Sendable where Value: Sendable {}
