import Testing

@testable import ApusRuntime

@Suite struct AuthorityTests {
    @Test(arguments: [
        ("Example.COM", "example.com", UInt16?.none), ("h:8080", "h", 8_080), ("h:", "h", nil), ("[::1]:80", "[::1]", 80),
        ("[2001:DB8::1]", "[2001:db8::1]", nil), ("xn--bcher-kva.example", "xn--bcher-kva.example", nil), ("127.0.0.1:0", "127.0.0.1", 0),
    ])
    func read(_ text: String, _ host: String, _ port: UInt16?) throws {
        let authority = try #require(Authority(text))
        #expect(authority.host == host)
        #expect(authority.port == port)
    }

    @Test(arguments: [
        "", ":80", "user@h", "user:pw@h", "a:b:80", "h:99999", "h:8o", "h:-1", "h:+1", "h:１", "[::1", "[]", "[::1]evil", "[::1].evil.example",
        "[::1]:80evil", "h/x", "h?x", "h#x", "h\\x", "a b", "h\r\n", "bücher.example", "127.0.0.1:80@\u{301}evil.example", "[h@x]",
    ])
    func refused(_ text: String) {
        #expect(Authority(text) == nil)
        #expect(!LoopbackAddress.isLoopback(authority: text))
    }
}
