import Foundation
import Testing

@testable import ApusRuntime

@Suite("Integers in strings") struct IntegerTextTests {
    @Test("are read and written without loss", arguments: [Int64.min, -9_007_199_254_740_993, -1, 0, 7, 9_007_199_254_740_993, .max])
    func roundTrip(number: Int64) throws {
        let value = try decode(StringInt64.self, "\"\(number)\"")
        #expect(value.value == number)
        #expect(try encode(value) == "\"\(number)\"")
        #expect(try decode(StringInt64.self, "\(number)") == value)
        #expect(value.parameterForm() == .text("\(number)"))
        #expect(try JSONDecoder().decode([StringInt64].self, from: JSONEncoder().encode([value])) == [value])
    }

    @Test func unsigned() throws {
        #expect(try decode(StringUInt64.self, #""18446744073709551615""#).value == .max)
        #expect(fault(StringUInt64.self, #""-1""#) != nil)
        #expect(try encode([5, 6] as [StringUInt64]) == #"["5","6"]"#)
    }

    @Test("refused", arguments: [#""""#, #""+1""#, #""1.5""#, #""9223372036854775808""#, #"" 1""#, #""0x1""#, "1.5", "null", "true", "[]", #""१""#])
    func refused(text: String) {
        #expect(fault(StringInt64.self, text) != nil)
    }

    @Test func order() {
        #expect([3, 1, 2].map { StringInt64($0) }.sorted().map(\.value) == [1, 2, 3])
        #expect("\(StringInt64(12))" == "12")
    }
}
