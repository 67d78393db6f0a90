import ApusRuntime

/// The type that the forum's configuration puts in the place of a schema.
struct ForumPrice: JSONCodable, Equatable {
    var cents: Int

    init(cents: Int) {
        self.cents = cents
    }

    init(from object: inout ObjectReader) {
        let amount: String = object.required("amount")
        cents = Int(amount) ?? 0
    }

    func encode(to object: inout ObjectWriter) {
        object.required("amount", String(cents))
    }

    func parameterForm() -> ParameterForm { .text("\(cents)c") }
}
