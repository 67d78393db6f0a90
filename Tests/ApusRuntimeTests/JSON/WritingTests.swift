@testable import ApusRuntime
import Foundation
import Testing

@Suite("Writing JSON fast, against slow ways of the same")
struct WritingTests {
    @Test("Numbers are the digits that `description` finds, whatever their size")
    func numbers() throws {
        var random = SeededGenerator(seed: 0xDEC1)
        var count = 0
        for round in 0..<80_000 {
            let value = number(round, &random)
            guard value.isFinite else { continue }
            let text = String(decoding: try JSON.encode(value), as: UTF8.self)
            #expect(Double(text)?.bitPattern == value.bitPattern, "\(value) is written as \(text)")
            if value != value.rounded() {
                count += 1
                #expect(text == value.description)
            }
        }
        #expect(count > 30_000)
    }

    /// Of all kinds: usual ones, all bits, short decimals and their neighbors, and neighbors of powers of two.
    private func number(_ round: Int, _ random: inout SeededGenerator) -> Double {
        switch round % 8 {
        case 0: return Double.random(in: -1...1, using: &random)
        case 1: return Double.random(in: 0...1e15, using: &random)
        case 2: return Double(bitPattern: random.next())
        case 3: return Double(Int.random(in: 0..<100_000_000, using: &random)) / pow(10, Double(Int.random(in: 1...9, using: &random)))
        case 4: return Double(Int.random(in: 0..<1_000_000_000_000_000, using: &random)) / 1e6
        case 5:
            let decimal = Double(Int.random(in: 0..<10_000_000, using: &random)) / pow(10, Double(Int.random(in: 1...6, using: &random)))
            return Bool.random(using: &random) ? decimal.nextUp : decimal.nextDown
        case 6: return Double(bitPattern: UInt64.random(in: 1005...1080, using: &random) << 52 | random.next() % 4)
        default: return Double(bitPattern: UInt64.random(in: 1005...1080, using: &random) << 52 | ((1 << 52) - 1 - random.next() % 4))
        }
    }

    @Test("Integers have all their digits")
    func integers() throws {
        var values: [UInt64] = [0, .max, .max - 1]
        var power: UInt64 = 1
        for _ in 0..<19 {
            power *= 10
            values += [power - 1, power, power + 1]
        }
        for value in values {
            #expect(String(decoding: try JSON.encode(value), as: UTF8.self) == String(value))
            guard let signed = Int64(exactly: value) else { continue }
            #expect(String(decoding: try JSON.encode(-signed), as: UTF8.self) == String(-signed))
        }
        #expect(String(decoding: try JSON.encode(Int64.min), as: UTF8.self) == String(Int64.min))
    }

    @Test("Strings of every length, with something to escape at every place")
    func strings() throws {
        for length in 0...40 {
            let plain = (0..<length).map { UInt8(ascii: "a") + UInt8($0 % 26) }
            try check(plain)
            for place in 0..<length {
                for byte in [0x00, 0x0A, 0x1F, 0x22, 0x5C, 0x7F] as [UInt8] {
                    var bytes = plain
                    bytes[place] = byte
                    try check(bytes)
                    bytes[length - 1 - place] = 0x22
                    try check(bytes)
                }
            }
        }
        try check(Array("é".utf8))
        try check(Array("aéüß日本語🇨🇭\"".utf8))
    }

    private func check(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(String(decoding: try JSON.encode(text), as: UTF8.self) == escaped(text))
        #expect(String(decoding: try JSON.encode([text: 1]), as: UTF8.self) == "{\(escaped(text)):1}")
    }

    /// A letter at a time.
    private func escaped(_ text: String) -> String {
        "\"" + text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\u{1F}": "\\u001f"
            case "\0": "\\u0000"
            default: String(scalar)
            }
        }.joined() + "\""
    }

    @Test("Names of members of every length, and those to be escaped")
    func names() throws {
        let text = String(decoding: try JSON.encode(Names()), as: UTF8.self)
        #expect(text == #"{"":0,"a":1,"ab":2,"abc":3,"abcd":4,"abcdefg":7,"abcdefgh":8,"abcdefghi":9,"#
            + #""abcdefghijklmnop":16,"abcdefghijklmnopq":17,"\"":1,"a\\":2,"abcdefgh\n":9,"\nabcdefghi":10,"é":2}"#)
    }

    private struct Names: JSONObjectCoding {
        init() {}
        init(from object: inout ObjectReader) {}

        func encode(to object: inout ObjectWriter) {
            object.required("", 0)
            object.required("a", 1)
            object.required("ab", 2)
            object.required("abc", 3)
            object.required("abcd", 4)
            object.required("abcdefg", 7)
            object.required("abcdefgh", 8)
            object.required("abcdefghi", 9)
            object.required("abcdefghijklmnop", 16)
            object.required("abcdefghijklmnopq", 17)
            object.required("\"", 1)
            object.required("a\\", 2)
            object.required("abcdefgh\n", 9)
            object.required("\nabcdefghi", 10)
            object.required("é", 2)
        }
    }

    @Test("Dictionaries are sorted, however long they are", arguments: [0, 1, 2, 3, 7, 8, 9, 40])
    func dictionaries(count: Int) throws {
        let names = (0..<count).map { "\(($0 &* 7919) % 1000) of \(count)" }
        let texts = Dictionary(uniqueKeysWithValues: names.map { ($0, $0) })
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let sorted = texts.keys.sorted()
        #expect(try text(texts) == "{" + sorted.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",") + "}")
        #expect(try text(numbers) == "{" + sorted.map { "\"\($0)\":\(numbers[$0]!)" }.joined(separator: ",") + "}")
    }

    /// Elements are written without being copied: references to them are counted right all the same.
    @Test("What was written is as it was, and goes away when nobody has it")
    func elementsOutliveWriting() async throws {
        let counter = Counter()
        var list: [Element]? = (0..<20).map { Element($0, counter) }
        let dictionary = list.map { Dictionary(uniqueKeysWithValues: $0.prefix(5).map { ("\($0.object.number)", $0) }) }
        var nested: [[String: [Element]]]? = dictionary.map { [$0.mapValues { [$0, $0] }, [:]] }
        let expected = try text(list!)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { [list, nested] in
                    for _ in 0..<50 {
                        #expect(try text(list!) == expected)
                        _ = try JSON.encode(nested!)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(counter.alive == 20)
        #expect(try text(list!.map(Optional.some)) == expected)
        list = nil
        nested = nil
        withExtendedLifetime(dictionary) { #expect(counter.alive == 5) }
    }
}

private func text(_ value: some JSONCoding) throws -> String {
    String(decoding: try JSON.encode(value) as Data, as: UTF8.self)
}

/// A value that is a reference, as long texts and arrays are.
private struct Element: JSONCoding {
    let object: Counted

    init(_ number: Int, _ counter: Counter) { object = Counted(number, counter) }

    init(from value: inout ValueReader) { object = Counted(value.read(), Counter()) }

    func encode(to value: inout ValueWriter) { value.integer(object.number) }
}

private final class Counted: Sendable {
    let number: Int
    let counter: Counter

    init(_ number: Int, _ counter: Counter) {
        self.number = number
        self.counter = counter
        counter.count(1)
    }

    deinit { counter.count(-1) }
}

private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var number = 0

    func count(_ change: Int) { lock.withLock { number += change } }

    var alive: Int { lock.withLock { number } }
}
