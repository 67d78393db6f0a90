import Dispatch

extension Array where Element: Sendable {
    /// The results of `transform`, in the elements' order, made on all the
    /// machine's processors.
    func concurrentMap<Result: Sendable>(_ transform: @Sendable (Element) -> Result) -> [Result] {
        [Result](unsafeUninitializedCapacity: count) { results, initializedCount in
            // Each place is written once, by the iteration it belongs to.
            nonisolated(unsafe) let places = results
            DispatchQueue.concurrentPerform(iterations: count) { index in
                places.initializeElement(at: index, to: transform(self[index]))
            }
            initializedCount = count
        }
    }
}
