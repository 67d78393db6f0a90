/// How a client reads the items of one stream tolerantly: each as an element of a list.
struct TolerantItems: Sendable {
    private let operation: String
    private let core: ClientCore
    private var count = 0

    init(of operation: String, for core: ClientCore) {
        self.operation = operation
        self.core = core
    }

    /// Reads the next item.
    ///
    /// - Returns: `nil` if it is left out, as it is not what was expected.
    /// - Throws: If it is not JSON.
    mutating func item<Item: JSONCoding>(_ type: Item.Type, from text: [UInt8]) throws(JSONError) -> Item? {
        let place = "$[\(count)]"
        count += 1
        do throws(JSONError) {
            return try JSON.decode(type, from: text, reading: .tolerant) { deviation in
                report(
                    JSONDeviation(
                        operation: operation, path: place + deviation.path.dropFirst(), expected: deviation.expected, found: deviation.found,
                        reason: deviation.reason))
            }
        } catch {
            // What is not JSON at all is a fault of the stream, not of an item.
            guard (try? JSON.decode(JSONValue.self, from: text)) != nil else { throw error }
            let found = text.first.flatMap { JSONKind(firstByte: $0) }
            report(
                JSONDeviation(
                    operation: operation, path: place, expected: "\(type)", found: found.map { "\($0)" } ?? "nothing",
                    reason: "\(error.message) at \(place)\(error.path.dropFirst())"))
            return nil
        }
    }

    /// The items come when the call has returned: their deviations are at the client's
    /// hooks alone.
    private func report(_ deviation: JSONDeviation) {
        core.onDeviation?(deviation)
        core.options.onEvent?(.deviation(operation: operation, "\(deviation)"))
    }
}
