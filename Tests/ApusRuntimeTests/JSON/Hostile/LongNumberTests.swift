import Foundation
import Testing

@testable import ApusRuntime

@Suite("Long decimals and slow patterns") struct LongNumberTests {
    @Test("decimals are rounded after 38 digits", arguments: [
        ("0.123456789012345678901234567890123456785", "0.12345678901234567890123456789012345679"),
        ("0.123456789012345678901234567890123456784999", "0.12345678901234567890123456789012345678"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("-123456789012345678901234567890123456789", "-123456789012345678901234567890123456790"),
        ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
        ("999999999999999999999999999999999999999", "1000000000000000000000000000000000000000"),
        ("1.00000000000000000000000000000000000000000000000000", "1"),
        ("100000000000000000000000000000000000000000000000000", "1e50"),
        ("0.00000000000000000000000000000000000000000000000000012345678901234567890", "1.234567890123456789e-52"),
        ("123456789012345678901e120", "12345678901234567890100e118"),
        ("0.1234567890123456789", "0.1234567890123456789"), ("12345678901234567890.5", "12345678901234567890.5"),
    ])
    func rounding(text: String, expected: String) throws {
        let decimal = try decode(Decimal.self, text)
        let number = try #require(JSONNumber(expected))
        #expect(JSONNumber(decimal) == number)
        #expect(try decode(Decimal.self, encode(decimal)) == decimal)
    }

    /// The pattern of the textbook: each letter doubles the time of a search that goes back.
    @Test("a value that cannot be decided on is not refused", arguments: [30, 10_000, 1_000_000])
    func patterns(length: Int) {
        let constraints = JSONConstraints(pattern: "^(a+)+$")
        let letters = String(repeating: "a", count: length)
        #expect(constraints.violation(in: Array("\"\(letters)\"".utf8)) == nil)
        let short = JSONConstraints(pattern: "^[a-z]{2,4}$")
        #expect(short.violation(in: Array("\"abc\"".utf8)) == nil)
        #expect(short.violation(in: Array("\"\(letters)\"".utf8)) != nil)
        #expect(short.violation(in: Array("\"a\"".utf8)) != nil)
        // Without an end: the search is given up, not the program.
        _ = constraints.violation(in: Array("\"\(letters)b\"".utf8))
    }
}
