import Foundation

/// What a description demands of a JSON value beyond its type (JSON Schema
/// 2020-12, "Validation", section 6).
///
/// As there, a keyword says something of one JSON type, and values of others
/// satisfy it: `maxLength` allows any number.
public final class JSONConstraints: Sendable {
    let minimum: NumericBound?
    let maximum: NumericBound?
    let exclusiveMinimum: NumericBound?
    let exclusiveMaximum: NumericBound?
    let multipleOf: NumericBound?
    let minLength: Int?
    let maxLength: Int?
    let pattern: JSONPattern?
    let minItems: Int?
    let maxItems: Int?
    let uniqueItems: Bool
    let items: JSONConstraints?
    let minProperties: Int?
    let maxProperties: Int?
    let propertyNames: JSONConstraints?
    let properties: [String: JSONConstraints]
    let patternProperties: [(pattern: JSONPattern, constraints: JSONConstraints)]
    let additionalProperties: JSONConstraints?

    /// Creates constraints from the keywords of JSON Schema that have the
    /// parameters' names.
    ///
    /// - Parameters:
    ///   - minLength: Lengths are counted in Unicode scalars.
    ///   - pattern: In the syntax of `NSRegularExpression`, which generated
    ///     code has translated the description's into. It matches anywhere.
    ///   - items: What each element of an array has to satisfy.
    ///   - additionalProperties: What each member has to satisfy that neither
    ///     `properties` nor `patternProperties` names.
    public init(
        minimum: JSONNumber? = nil,
        maximum: JSONNumber? = nil,
        exclusiveMinimum: JSONNumber? = nil,
        exclusiveMaximum: JSONNumber? = nil,
        multipleOf: JSONNumber? = nil,
        minLength: Int? = nil,
        maxLength: Int? = nil,
        pattern: String? = nil,
        minItems: Int? = nil,
        maxItems: Int? = nil,
        uniqueItems: Bool = false,
        items: JSONConstraints? = nil,
        minProperties: Int? = nil,
        maxProperties: Int? = nil,
        propertyNames: JSONConstraints? = nil,
        properties: [String: JSONConstraints] = [:],
        patternProperties: KeyValuePairs<String, JSONConstraints> = [:],
        additionalProperties: JSONConstraints? = nil
    ) {
        self.minimum = minimum.map(NumericBound.init)
        self.maximum = maximum.map(NumericBound.init)
        self.exclusiveMinimum = exclusiveMinimum.map(NumericBound.init)
        self.exclusiveMaximum = exclusiveMaximum.map(NumericBound.init)
        self.multipleOf = multipleOf.map(NumericBound.init)
        self.minLength = minLength
        self.maxLength = maxLength
        self.pattern = pattern.map(JSONPattern.init)
        self.minItems = minItems
        self.maxItems = maxItems
        self.uniqueItems = uniqueItems
        self.items = items
        self.minProperties = minProperties
        self.maxProperties = maxProperties
        self.propertyNames = propertyNames
        self.properties = properties
        self.patternProperties = patternProperties.map { (JSONPattern($0.key), $0.value) }
        self.additionalProperties = additionalProperties
    }

    /// Whether something is said of members that `properties` does not name.
    var concernsAllMembers: Bool {
        minProperties != nil || maxProperties != nil || propertyNames != nil || !patternProperties.isEmpty
            || additionalProperties != nil
    }

    /// The fault if a JSON text does not satisfy the constraints.
    func violation(in text: some ContiguousBytes) -> JSONError? {
        text.withUnsafeBytes { bytes in
            let text = bytes.assumingMemoryBound(to: UInt8.self)
            guard let start = text.baseAddress else { return nil }
            var state = ReaderState(start: start, count: text.count, keepsLastOfRepeated: false)
            state.pass(self)
            guard let failure = state.failure, failure.keyword != nil else { return nil }
            return JSONError(failure, in: text)
        }
    }
}
