import Foundation

/// A regular expression that texts are searched with.
struct JSONPattern: Sendable {
    let text: String
    /// `nil` if this system's library does not know the syntax. Then nothing is demanded.
    private let expression: NSRegularExpression?

    init(_ text: String) {
        self.text = text
        expression = Self.cache.expression(text)
    }

    func matches(_ text: String) -> Bool {
        guard let expression else { return true }
        let range = NSRange(location: 0, length: text.utf16.count)
        var outcome: Bool?
        var pauses = 0
        expression.enumerateMatches(in: text, options: [.reportProgress, .reportCompletion], range: range) { match, flags, stop in
            if match != nil {
                outcome = true
                stop.pointee = true
            } else if flags.contains(.internalError) {
                // The library has given up: what is demanded is not known to be violated.
                outcome = true
            } else if flags.contains(.progress) {
                pauses += 1
                if pauses > Self.mostPauses {
                    outcome = true
                    stop.pointee = true
                }
            }
        }
        return outcome ?? false
    }

    /// How often the library may report that it is still at work. A pattern with nested
    /// repetitions can take it a time that doubles with each letter.
    private static let mostPauses = 500

    private static let cache = Cache()

    /// Expressions by their text: those of a method's parameters are asked for with each call.
    private final class Cache: @unchecked Sendable {
        private let lock = NSLock()
        private var expressions: [String: NSRegularExpression?] = [:]

        func expression(_ text: String) -> NSRegularExpression? {
            lock.withLock {
                if let known = expressions[text] { return known }
                let expression = try? NSRegularExpression(pattern: text)
                expressions[text] = .some(expression)
                return expression
            }
        }
    }
}
