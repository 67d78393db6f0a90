import Foundation
import Testing

@testable import ApusRuntime

@Suite("Numbers") struct NumberTests {
    @Test func integersAtTheirLimits() throws {
        #expect(try decode(Int64.self, "9223372036854775807") == .max)
        #expect(try decode(Int64.self, "-9223372036854775808") == .min)
        #expect(try decode(UInt64.self, "18446744073709551615") == .max)
        #expect(try decode(UInt64.self, "9999999999999999999") == 9_999_999_999_999_999_999)
        #expect(try decode(Int8.self, "-128") == -128)
        #expect(try decode(UInt8.self, "255") == 255)
        #expect(try decode(Int32.self, "2147483647") == .max)
        #expect(try decode(UInt.self, "0") == 0)
        #expect(try decode(UInt.self, "-0") == 0)
        for value in [Int64.min, .min + 1, -1, 0, 1, 9, 10, 99, 100, .max] {
            #expect(try encode(value) == "\(value)")
            #expect(try decode(Int64.self, encode(value)) == value)
        }
        for power in 0..<20 {
            let value = (0..<power).reduce(1 as UInt64) { value, _ in value * 10 }
            for value in [value - 1, value, value + 1] {
                #expect(try encode(value) == "\(value)")
                #expect(try decode(UInt64.self, encode(value)) == value)
            }
        }
        #expect(try encode(UInt64.max) == "18446744073709551615")
    }

    @Test("integral forms", arguments: [
        ("1.0", 1), ("1e3", 1000), ("1E+3", 1000), ("-1.50e1", -15), ("100e-2", 1), ("0.001e3", 1), ("0.0", 0), ("0e5", 0),
        ("-0", 0), ("0e99999999999999999999", 0), ("0.000", 0), ("92233720368547758.07e2", .max), ("9223372036854775807.000", .max),
        ("-922337203685477580800e-2", .min), ("1000000000000000000000000000000e-30", 1), ("12.3400e2", 1234),
    ] as [(String, Int)])
    func integralForms(text: String, value: Int) throws {
        #expect(try decode(Int.self, text) == value)
        #expect(JSONNumber(text)?.int == value)
    }

    @Test("what is no such integer", arguments: [
        "1.5", "0.1", "1e-1", "15e-2", "9223372036854775808", "-9223372036854775809", "1e19", "1e99999999999999999999", "1e-99999999999999999999",
        "9223372036854775807.5", "10000000000000000000000000000001e-30", "18446744073709551616", "99999999999999999999",
        "\"1\"", "true", "null", "[1]", "{}",
    ])
    func notIntegers(text: String) {
        #expect(fault(Int.self, text) != nil)
        #expect(fault(Int64.self, text) != nil)
        if let number = JSONNumber(text) { #expect(number.int == nil) }
    }

    @Test func rangesOfSmallIntegers() {
        #expect(fault(Int8.self, "128")?.message == "the number does not fit Int8")
        #expect(fault(Int8.self, "-129") != nil)
        #expect(fault(UInt8.self, "256") != nil)
        #expect(fault(UInt8.self, "-1") != nil)
        #expect(fault(UInt64.self, "-1") != nil)
        #expect(fault(UInt64.self, "18446744073709551616") != nil)
        #expect(fault(Int32.self, "2147483648") != nil)
        #expect(fault(UInt16.self, "65536") != nil)
        #expect(fault(Int16.self, "1e5") != nil)
        #expect(fault(UInt32.self, "4294967296")?.message == "the number does not fit UInt32")
        #expect(fault(Int.self, "1.5")?.message == "expected Int, found a number with a fraction")
        #expect(fault(Bool.self, "1")?.message == "expected Bool, found number")
        #expect(fault(Int.self, "true")?.message == "expected Int, found bool")
    }

    /// The standard library reads correctly rounded.
    @Test("doubles", arguments: [
        "0", "-0", "0.0", "1", "-1", "0.1", "0.2", "0.3", "1.7976931348623157e308", "2.2250738585072014e-308", "5e-324", "4.9e-324",
        "2.2250738585072011e-308", "2.4703282292062327e-324", "2.4703282292062328e-324", "1e22", "1e23", "-1e23", "8.5e22", "9007199254740993", "9007199254740992",
        "9007199254740993.0", "9007199254740995", "9007199254740993.00000000000000000000001", "9007199254740992.999999999", "1e-22", "1e-23", "1e-27", "1e-28",
        "123456789012345678", "1234567890123456789", "12345678901234567890", "0.000000000000000000000000001", "122.41941550000001",
        "-122.41941550000001", "3.141592653589793", "2.718281828459045", "0.30000000000000004", "1e27", "1e28", "18446744073709551615e27",
        "18446744073709551615", "9223372036854775807e-27", "1.00000000000000011102230246251565404236316680908203125",
        "1.00000000000000011102230246251565404236316680908203124", "1.00000000000000011102230246251565404236316680908203126",
        "0.1e-5", "1e-400", "-1e-400", "100000000000000016777215", "100000000000000016777216", "6.02214076e23", "1.0e0", "7e-10", "1000000000000000e-15",
    ])
    func doubles(text: String) throws {
        let value = try decode(Double.self, text)
        #expect(value.bitPattern == Double(text)!.bitPattern)
        let float = Float(text)!
        if float.isFinite {
            #expect(try decode(Float.self, text).bitPattern == float.bitPattern)
        } else {
            #expect(fault(Float.self, text)?.message == "the number does not fit Float")
        }
        #expect(try decode(Double.self, encode(value)).bitPattern == value.bitPattern)
    }

    @Test(arguments: 0..<4 as Range<UInt64>) func doublesOfAllKinds(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<4_000 {
            let any = Double(bitPattern: random.next())
            if any.isFinite {
                #expect(try decode(Double.self, encode(any)).bitPattern == any.bitPattern)
                #expect(try decode(Double.self, any.description).bitPattern == any.bitPattern)
            }
            let anyFloat = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
            if anyFloat.isFinite {
                #expect(try decode(Float.self, encode(anyFloat)).bitPattern == anyFloat.bitPattern)
            }
            let digits = random.next() >> UInt64.random(in: 0..<64, using: &random)
            let text = "\(digits)e\(Int.random(in: -40...40, using: &random))"
            #expect(try decode(Double.self, text).bitPattern == Double(text)!.bitPattern)
            #expect((try? decode(Float.self, text))?.bitPattern ?? Float.infinity.bitPattern == Float(text)!.bitPattern)
        }
    }

    @Test func tiesOfFloat() throws {
        // Rounding by way of Double would give another result.
        for text in ["1.000000059604644775390625", "1.00000005960464477539062500001", "1.0000000596046448", "16777217", "16777219", "0.5000000298023224"] {
            #expect(try decode(Float.self, text).bitPattern == Float(text)!.bitPattern)
        }
    }

    @Test func tooLargeForDouble() {
        for text in ["1e309", "-1e309", "1.7976931348623159e308", "1e99999999999999999999", "123456789e400"] {
            #expect(fault(Double.self, text)?.message == "the number does not fit Double")
            #expect(JSONNumber(text)?.double == nil)
        }
        #expect(fault(Double.self, "\"1.5\"")?.message == "expected Double, found string")
    }

    @Test func writesShortestForms() throws {
        #expect(try encode([0, 1, -1, 0.1, 1.5, 1e21, 1e-7, 123456789, 0.30000000000000004] as [Double]) == "[0,1,-1,0.1,1.5,1e+21,1e-07,123456789,0.30000000000000004]")
        #expect(try encode(-0.0) == "-0.0")
        #expect(try encode(Float(0.1)) == "0.1")
        #expect(try encode(Float(16_777_216)) == "16777216.0" || encode(Float(16_777_216)) == "1.6777216e+07")
    }

    @Test func notFiniteIsRefused() {
        for value in [Double.nan, .infinity, -.infinity] {
            #expect(throws: JSONError.self) { try encode(["a": [1, value]]) }
        }
        do {
            _ = try encode(["a": [1, Double.nan]])
        } catch {
            #expect(error.path == "$.a[1]")
            #expect(error.message == "JSON has no nan")
        }
        #expect(throws: JSONError.self) { try encode(Float.infinity) }
        #expect(throws: JSONError.self) { try encode(Decimal.nan) }
    }

    @Test("decimals without loss", arguments: [
        "0", "0.1", "-0.1", "123456789.123456789", "12345678901234567890123456789012345678", "0.12345678901234567890123456789012345678",
        "99999999999999999999999999999999999999", "1e-128", "1e127", "-1.5e100", "100", "1.10", "9223372036854775808", "1234567890123456789.1",
    ])
    func decimals(text: String) throws {
        let decimal = try decode(Decimal.self, text)
        #expect(decimal == Decimal(string: text))
        #expect(JSONNumber(decimal) == JSONNumber(text))
        #expect(try decode(Decimal.self, encode(decimal)) == decimal)
    }

    @Test func decimalLimits() throws {
        #expect(fault(Decimal.self, "1e400")?.message == "the number does not fit Decimal")
        #expect(fault(Decimal.self, "1e-400") != nil)
        #expect(fault(Decimal.self, "1e99999999999999999999") != nil)
        #expect(fault(Decimal.self, "\"1\"") != nil)
        #expect(try decode(Decimal.self, "0e999") == 0)
        // More digits than fit are rounded.
        let long = try decode(Decimal.self, "0.1234567890123456789012345678901234567890123456789")
        #expect(abs(long - Decimal(string: "0.12345678901234567890123456789012345678")!) < Decimal(string: "1e-37")!)
    }

    @Test func numbersKeepTheirText() throws {
        let text = "[1.10,-0,1E5,123456789012345678901234567890,0.1000000000000000055511151231257827]"
        #expect(try encode(decode([JSONNumber].self, text)) == text)
        #expect(try encode(decode(JSONValue.self, text)) == text)
    }

    @Test func equalityIsByValue() {
        #expect(JSONNumber("1") == JSONNumber("1.0"))
        #expect(JSONNumber("1") == JSONNumber("10e-1"))
        #expect(JSONNumber("0") == JSONNumber("-0.0e5"))
        #expect(JSONNumber("1") != JSONNumber("-1"))
        #expect(JSONNumber("1") != JSONNumber("1.0000000000000000000001"))
        #expect(JSONNumber("100") == JSONNumber("1e2"))
        #expect(Set([JSONNumber("1")!, JSONNumber("1.0")!, JSONNumber("1e0")!, 1, 1.0]).count == 1)
        #expect(9_007_199_254_740_993 as JSONNumber != 9_007_199_254_740_992)
    }

    @Test func onlyNumbersAreNumbers() {
        for text in ["", " 1", "1 ", "+1", "01", "1.", "a", "\u{FEFF}1", "1,2", "NaN", "0x1"] { #expect(JSONNumber(text) == nil) }
        #expect(JSONNumber(Double.nan) == nil)
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(Decimal.nan) == nil)
        #expect(JSONNumber("12.5")?.double == 12.5)
        #expect(JSONNumber("12.5")?.decimal == 12.5)
        #expect(JSONNumber("18446744073709551615")?.uint64 == .max)
        #expect(JSONNumber("-5")?.int64 == -5)
        #expect(JSONNumber("-5")?.uint64 == nil)
    }
}
