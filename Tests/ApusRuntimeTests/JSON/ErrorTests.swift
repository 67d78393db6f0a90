import Foundation
import Testing

@testable import ApusRuntime

@Suite("Errors") struct ErrorTests {
    @Test func typeMismatchDeepInside() {
        let text = #"{"users":[{"id":1,"name":"Ada","status":"active","created_at":"2020-01-01T00:00:00Z","tags":[]},{"id":"secret"}]}"#
        let error = fault([String: [User]].self, text)
        #expect(error?.path == "$.users[1].id")
        #expect(error?.offset == text.utf8.count - 11)
        #expect(error?.message == "expected Int, found string")
        #expect(error?.excerpt.hasSuffix(#"{"id":"…"}]}"#) == true)
        #expect(error?.description.contains("secret") == false)
        #expect(error?.description.hasPrefix("expected Int, found string at $.users[1].id (byte \(text.utf8.count - 11)) near …") == true)
    }

    @Test func missingMember() {
        let error = fault([Person].self, #"[{"first":"a"}, {"last":"b"}]"#)
        #expect(error?.path == "$[1].first")
        #expect(error?.offset == 16)
        #expect(error?.message == "missing")
        #expect(fault(Person.self, "{}")?.path == "$.first")
    }

    @Test func membersOutOfOrder() {
        let error = fault(Triple.self, #"{"c":"x","b":1,"a":2}"#)
        #expect(error?.path == "$.c")
        #expect(error?.offset == 5)
        #expect(error?.message == "expected Int, found string")
    }

    @Test func quotedNames() {
        #expect(fault([String: Int].self, #"{"e-mail":""}"#)?.path == #"$["e-mail"]"#)
        #expect(fault([String: Int].self, #"{"":""}"#)?.path == #"$[""]"#)
        #expect(fault([String: Int].self, #"{"1":""}"#)?.path == #"$["1"]"#)
        #expect(fault([String: Int].self, #"{"a\n\"b":""}"#)?.path == #"$["a\n\"b"]"#)
        #expect(fault([String: Int].self, #"{"_a$1":""}"#)?.path == "$._a$1")
    }

    @Test("syntax", arguments: [
        ("", "$", 0, "unexpected end of the text"),
        ("[1,2", "$[1]", 4, "unexpected end of the text"),
        ("[1 2]", "$[0]", 3, "expected , or ] after an element"),
        ("[1,]", "$[1]", 3, "expected value, found an unexpected character"),
        (#"{"a":1,}"#, "$", 7, "expected a member's name"),
        (#"{"a" 1}"#, "$.a", 5, "expected : after a member's name"),
        (#"{"a":[1,{"b":nul}]}"#, "$.a[1].b", 13, "expected null"),
        (#"{"a":"\x"}"#, "$.a", 6, "invalid escape in a string"),
        ("{\"a\":\"\u{1}\"}", "$.a", 6, "control character in a string"),
        (#"{"a":01}"#, "$.a", 5, "a number starts with a superfluous 0"),
        (#"{"a":1.}"#, "$.a", 7, "expected a digit after the decimal point"),
        ("[] x", "$", 3, "expected the end of the text"),
        ("{1:2}", "$", 1, "expected a member's name or }"),
    ])
    func syntax(text: String, path: String, offset: Int, message: String) {
        let error = fault(JSONValue.self, text)
        if message == "expected value, found an unexpected character" {
            #expect(error?.message.hasSuffix("found an unexpected character") == true)
        } else {
            #expect(error?.message == message)
        }
        #expect(error?.path == path)
        #expect(error?.offset == offset)
    }

    @Test("no secret shows", arguments: [
        #"{"access_token":"secret","expires_in":"secret"}"#,
        #"{"access_token":"secret"#, #"{"a":"\"secret\\","id":"secret\"#, #"["secret":1]"#, #"["secret" "secret"]"#,
        "access_token=secret&x=1", "secret", "<secret>", "{secret:1}", "12secret", "[1,secret]", #"{"a":'secret'}"#, "{\"a\":\"secret\u{1}secret\"}",
        #"{"id":1,"x":secret}"#, #"{"id":{"secret\ud800":1},"#, #"{"id" "secret"}"#, #"{"id":1"secret":2}"#, "\"secret", "{\"a\":\"secret\n\"}",
    ])
    func masked(text: String) {
        for error in [fault(User.self, text), fault([String: Int].self, text), fault([Int].self, text), fault(JSONValue.self, text)].compactMap(\.self) {
            #expect(!"\(error)".contains("secret"))
            #expect(!String(reflecting: error).contains("secret"))
        }
    }

    @Test func excerptIsShort() {
        let text = "[" + String(repeating: #"{"a":1,"b":"text"},"#, count: 10_000) + "5]"
        let error = fault([Triple].self, text)
        #expect(error?.path == "$[0].b")
        let late = fault([[String: JSONValue]].self, text)
        #expect(late?.path == "$[10000]")
        #expect((late?.excerpt.utf8.count ?? 0) < 400)
        #expect(late?.excerpt.hasPrefix("…") == true)
    }

    @Test func theFirstFaultCounts() {
        let error = fault([Int].self, #"[1,"a",true,"#)
        #expect(error?.path == "$[1]")
        #expect(error?.offset == 3)
    }

    @Test func ownFaults() {
        struct Even: JSONCoding {
            let value: Int
            init(from value: inout ValueReader) {
                let text: String? = value.string(at: "n")
                if text == "3" { value.fail("odd") }
                self.value = value.read([String: Int].self)["n"] ?? 0
            }
            func encode(to value: inout ValueWriter) { value.fail("cannot") }
        }
        let error = fault([Even].self, #"[{"n":2}, {"n":3}]"#)
        #expect(error?.message == "odd")
        #expect(error?.path == "$[1]")
        #expect(error?.offset == 10)
        #expect(throws: JSONError.self) { try encode(decode(Even.self, #"{"n":2}"#)) }
    }

    @Test func aValueThatWritesNothingIsNull() throws {
        struct Silent: JSONCoding {
            init() {}
            init(from value: inout ValueReader) { value.null() }
            func encode(to value: inout ValueWriter) {}
        }
        #expect(try encode([Silent(), Silent()]) == "[null,null]")
        #expect(try encode(Silent()) == "null")
    }

    @Test func aValueThatReadsNothingIsAFault() {
        struct Deaf: JSONCoding {
            init(from value: inout ValueReader) {}
            func encode(to value: inout ValueWriter) { value.null() }
        }
        #expect(fault(Deaf.self, "1") != nil)
        #expect(fault([Deaf].self, "[1]") != nil)
        #expect(fault([String: Deaf].self, #"{"a":1}"#) != nil)
    }
}
