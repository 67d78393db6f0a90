import Growth
import Testing

@Suite struct ValueTests {
    @Test func whatIsWrittenReadsTheSame() throws {
        let first = try value(
            """
            text: "a \\"quote\\", a \\\\ and \\n\\t\\u0001 é"
            numbers: [1, -2.50, 1e3, 0x1F, 9223372036854775807]
            empty: { list: [], object: {} }
            other: [true, false, null]
            """)
        #expect(try value(String(decoding: first.json, as: UTF8.self)) == first)
        #expect(first["numbers"] == .array([.number("1"), .number("-2.50"), .number("1e3"), .number("31"), .number("9223372036854775807")]))
    }

    @Test func aliasesAreWrittenOut() throws {
        let tree = try value("first: &shared { a: 1 }\nsecond: *shared\nthird: { <<: *shared, b: 2 }")
        #expect(tree["second"] == tree["first"])
        #expect(tree["third"]?["a"] == .number("1"))
    }

    @Test func placesAreCountedBeforeAnythingIsRemoved() throws {
        let tree = try value("list: [a, b, c, d]\nmap: { x: 1, y: { z: 2 } }")
        let rest = tree.removing([Path(["list", "0"]), Path(["list", "2"]), Path(["map", "y", "z"])])
        #expect(rest == (try value("list: [b, d]\nmap: { x: 1, y: {} }")))
    }

    @Test func pathsAreJSONPointers() throws {
        let path = try #require(Path(reference: "#/paths/~1users~1%7Bid%7D/a~0b"))
        #expect(path.steps == ["paths", "/users/{id}", "a~b"])
        #expect(path.description == "#/paths/~1users~1{id}/a~0b")
        #expect(Path(reference: "other.yaml#/a") == nil)
    }

    @Test func theSameSeedGivesTheSameNumbers() {
        var first = seeded(7), second = seeded(7), other = seeded(8)
        let numbers = (0..<5).map { _ in first.next() }
        #expect(numbers == (0..<5).map { _ in second.next() })
        #expect(numbers != (0..<5).map { _ in other.next() })
    }
}
