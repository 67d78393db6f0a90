import Declarations
import Lowering
import Source
import SpecSource
import SyntaxTree

/// `runtime` of the configuration: how calls are made, where neither the client nor the
/// caller says otherwise.
struct RuntimeSettings {
    var calls = CallDefaults()
    var idempotent: [String: Configured] = [:]
    var extensions: [String: Configured] = [:]

    /// - Returns: `nil` where the configuration has no such section.
    init?(_ configuration: ConfigurationFields) throws(SourceError) {
        let known = [
            "deadline", "attemptTimeout", "retries", "longestRetryAfter", "idempotencyKeyHeader", "userAgent", "headerFields",
            "credentialOrigins", "idempotent", "extensions",
        ]
        guard let fields = try configuration.fields("runtime", known: known) else { return nil }
        calls.deadline = try fields.milliseconds("deadline")
        calls.attemptTimeout = try fields.milliseconds("attemptTimeout")
        calls.longestRetryAfter = try fields.milliseconds("longestRetryAfter")
        calls.maximumRetries = try fields.count("retries")
        if let node = try fields.text("idempotencyKeyHeader") { calls.idempotencyKeyHeader = try Self.fieldName(node) }
        if let node = try fields.text("userAgent") { calls.userAgent = try Self.fieldValue(node) }
        for (name, value, location) in try fields.entries("headerFields") {
            calls.headerFields.append(.init(name: try Self.fieldName(name, at: location), value: try Self.fieldValue(value)))
        }
        calls.headerFields.sort { $0.name < $1.name }
        calls.credentialOrigins = try fields.texts("credentialOrigins").map(Self.origin)
        for node in try fields.texts("idempotent") { idempotent[node.text] = Configured(text: "true", location: node.location) }
        for node in try fields.texts("extensions") {
            guard node.text.hasPrefix("x-") else {
                throw SourceError(location: node.location, message: "`\(node.text)` is not the name of an extension", hint: "their names begin with `x-`")
            }
            extensions[node.text] = Configured(text: node.text, location: node.location)
        }
    }

    private static func fieldName(_ node: Node) throws(SourceError) -> String { try fieldName(node.text, at: node.location) }

    /// RFC 9110 section 5.6.2.
    private static func fieldName(_ text: String, at location: SourceLocation?) throws(SourceError) -> String {
        let marks = "!#$%&'*+-.^_`|~".unicodeScalars
        let isToken = !text.isEmpty && text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || marks.contains(scalar))
        }
        guard isToken else {
            throw SourceError(location: location, message: "`\(text)` is not the name of a header field", hint: "for example `Idempotency-Key`")
        }
        return text
    }

    /// RFC 9110 section 5.5.
    private static func fieldValue(_ node: Node) throws(SourceError) -> String {
        guard node.isScalar, node.text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw SourceError(location: node.location, message: "a header field should be one line of text", hint: "without control characters")
        }
        return node.text
    }

    private static func origin(_ node: Node) throws(SourceError) -> String {
        let parts = node.text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, ["https:", "http:"].contains(parts[0]), parts[1].isEmpty, !parts[2].isEmpty else {
            throw SourceError(
                location: node.location, message: "`\(node.text)` is not an origin", hint: "for example `https://uploads.example.com`, without a path")
        }
        return node.text
    }
}

extension ConfigurationFields {
    /// One text.
    fileprivate func text(_ key: String) throws(SourceError) -> Node? {
        guard let value = node[key] else { return nil }
        guard value.isScalar, value.kind != .null else {
            throw SourceError(location: value.location, message: "`\(key)` should be a string", hint: "on one line")
        }
        return value
    }

    /// A whole number, not negative.
    fileprivate func count(_ key: String) throws(SourceError) -> Int? {
        guard let value = try text(key) else { return nil }
        guard let count = Int(value.text), 0...1_000 ~= count else {
            throw SourceError(location: value.location, message: "`\(key)` should be a number from 0 to 1000", hint: "0 for none")
        }
        return count
    }

    /// The members of a mapping from names to strings, in the order in which they stand.
    fileprivate func entries(_ key: String) throws(SourceError) -> [(name: String, value: Node, location: SourceLocation?)] {
        guard let value = node[key] else { return [] }
        guard value.kind == .mapping else {
            throw SourceError(location: value.location, message: "`\(key)` should be a mapping", hint: "from names to strings")
        }
        return value.members.map { ($0.key, $0.value, value.keyLocation($0.key)) }
    }

    /// A time: `30s`, `250ms`, `2m`, or a number of seconds.
    fileprivate func milliseconds(_ key: String) throws(SourceError) -> Int? {
        guard let value = try text(key) else { return nil }
        let units: [(String, Double)] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("", 1_000)]
        for (unit, factor) in units where value.text.hasSuffix(unit) {
            guard let number = Double(value.text.dropLast(unit.utf8.count)), number > 0, number * factor <= 86_400_000 else { continue }
            return max(1, Int((number * factor).rounded()))
        }
        throw SourceError(location: value.location, message: "`\(value.text)` is not a duration", hint: "for example 30s, 250ms or 2m; a day at most")
    }
}
