/// Keeps a value in memory of its own, which is copied when it is changed while
/// others share it.
///
/// What generated code passes around is one word with it; the compiler would write
/// out the copying of all parts in every operation. ``Indirect`` is for generated
/// code itself: its plain accessors make less of it than those that change in place.
@propertyWrapper
struct CopyOnWrite<Value> {
    private var storage: Storage

    init(wrappedValue: Value) {
        storage = Storage(wrappedValue)
    }

    var wrappedValue: Value {
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
