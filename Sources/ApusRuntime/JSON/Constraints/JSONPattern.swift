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
        return expression.firstMatch(in: text, range: range) != nil
    }

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
