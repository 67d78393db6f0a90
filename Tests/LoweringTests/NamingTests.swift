import Testing

@testable import Emission
@testable import Lowering
@testable import TextScanning

@Suite("Names")
struct NamingTests {
    @Test(
        "Operation ids in any style",
        arguments: [
            ("list_pets", "listPets"), ("list-pets", "listPets"), ("pets.get", "petsGet"), ("Update Pet", "updatePet"),
            ("repos/get", "reposGet"), ("getHTTPServer", "getHTTPServer"), ("HTTPServer", "httpServer"), ("userID", "userID"),
            ("user_id", "userID"), ("userIDs", "userIDs"), ("IN_PROGRESS", "inProgress"), ("ABTest", "abTest"),
            ("3d models", "_3dModels"), ("🐶", "dogFace"), ("self", "selfValue"), ("init", "initValue"), ("", "value"),
            ("+1", "plus1"), ("-1", "minus1"), ("größe", "größe"), ("名前", "名前"), ("a\u{200B}b", "aB"), ("__x__", "x"),
            ("class", "class"), ("OAuth2Token", "oauth2Token"),
        ])
    func members(text: String, name: String) {
        #expect(SwiftName.member(text) == name)
    }

    @Test(
        "Types",
        arguments: [
            ("pet", "Pet"), ("user_profile", "UserProfile"), ("api-error", "APIError"), ("Type", "TypeModel"), ("Any", "AnyModel"),
            ("com.example.User", "ComExampleUser"), ("v1.Pod", "V1Pod"), ("2fa", "_2fa"), ("", "Value"),
        ])
    func types(text: String, name: String) {
        #expect(SwiftName.type(Words(text)) == name)
    }

    @Test(
        "The element of a collection is called by the singular",
        arguments: [
            ("users", "User"), ("city_aliases", "CityAlias"), ("statuses", "Status"), ("addresses", "Address"), ("boxes", "Box"),
            ("caches", "Cache"), ("databases", "Database"), ("categories", "Category"), ("movies", "Movie"), ("axes", "Axis"),
            ("children", "Child"), ("responses", "Response"), ("lies", "Lie"), ("COOKIES", "COOKIE"), ("viruses", "Virus"), ("WeakRes", nil), ("news", nil), ("series", nil),
        ])
    func singular(text: String, name: String?) {
        #expect(Words(text).singular.map { SwiftName.type($0) } == name)
    }

    @Test("Any text whatever gives an identifier", arguments: 0..<400)
    func anyText(seed: UInt64) {
        var random = Generator(state: seed)
        let scalars = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
            UnicodeScalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x1FFFF), using: &random))
        }
        let text = String(String.UnicodeScalarView(scalars))
        for name in [SwiftName.member(text), SwiftName.type(Words(text)), SwiftName.enumCase(text), SwiftName.nestedType(Words(text))] {
            #expect(Self.isIdentifier(name), "\(text.debugDescription) became \(name.debugDescription)")
        }
    }

    private static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first else { return false }
        return (first == "_" && name.unicodeScalars.count > 1 || first.properties.isXIDStart)
            && name.unicodeScalars.dropFirst().allSatisfy { $0.properties.isXIDContinue }
    }

    @Test("A method that is named after its path has the characters that are encoded there")
    func encodedPath() throws {
        let lowered = try Lowered(
            """
            openapi: 3.1.0
            info: {title: Lab, version: '1'}
            paths:
              /lab/%40jupyter/caf%C3%A9/{a%20name}: {get: {responses: {'204': {description: ok}}}}
            """)
        #expect(lowered.module.operations.map(\.name) == ["getLabJupyterCaféByAName"])
    }

    @Test("Names that are taken are replaced, always in the same way")
    func scope() {
        var scope = NameScope()
        #expect(scope.claim("User", "UserModel") == "User")
        #expect(scope.claim("User", "UserModel") == "UserModel")
        let third = scope.claim("User", "UserModel")
        #expect(third != "User" && third != "UserModel")
        var again = NameScope()
        _ = again.claim("User", "UserModel")
        _ = again.claim("User", "UserModel")
        #expect(again.claim("User", "UserModel") == third)
    }

    @Test("Comments: wrapped, and safe whatever the author wrote")
    func documentation() {
        let lines = Documentation.lines("a */ b\u{0} \u{202E}c\r\nd\n\n```\ncode   stays\n")
        #expect(lines == ["a */ b c d", "", "```", "code   stays", "```"])
        let long = Documentation.lines(String(repeating: "word ", count: 100))
        #expect(long.allSatisfy { $0.utf8.count <= 92 })
        #expect(long.joined(separator: " ").split(separator: " ").count == 100)
    }

    @Test("String literals", arguments: ["\"", "\\", "\\(x)", "\n", "\u{0}", "\u{202E}", "é🐶", "*/"])
    func literals(text: String) {
        let literal = SwiftLiteral.string(text)
        #expect(literal.hasPrefix("\"") && literal.hasSuffix("\"") && !literal.contains("\n"))
        // An odd number of backslashes before a parenthesis would interpolate.
        #expect(literal.replacing("\\\\", with: "").contains("\\(") == false)
    }
}

private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var mixed = state
        mixed ^= mixed >> 33
        mixed = mixed &* 0xFF51_AFD7_ED55_8CCD
        return mixed ^ (mixed >> 33)
    }
}
