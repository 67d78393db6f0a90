import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct ArrivalTests {
    /// Sends a request to a server that answers with `bytes` and closes the connection.
    private func answer(_ bytes: String, to method: HTTPRequest.Method = .get) async throws -> (HTTPResponse, HTTPBody) {
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send(bytes)
        }
        return try await URLSessionTransport().send(.to(server, method), body: nil)
    }

    private func text(_ body: HTTPBody) async throws -> String {
        String(decoding: try await body.collect(upTo: 1_000_000), as: UTF8.self)
    }

    @Test func fields() async throws {
        let (response, body) = try await answer(
            """
            HTTP/1.1 201 Made\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r
            Set-Cookie: a=b; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Path=/\r\nSet-Cookie: c=d\r
            Set-Cookie: e="f, g"; Secure\r\nX-Many: 1\r\nX-Many: 2\r\nX-Empty:\r\n\r\nhello
            """)
        #expect(response.status.code == 201)
        #expect(response.headerFields[.contentType] == "text/plain; charset=utf-8")
        #expect(
            Set(response.headerFields[values: .setCookie])
                == ["a=b; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Path=/", "c=d", "e=\"f, g\"; Secure"])
        #expect(response.headerFields[HTTPField.Name("X-Many")!] == "1, 2")
        #expect(response.headerFields[HTTPField.Name("X-Empty")!] == "")
        #expect(body.length == 5)
        let content = try await text(body)
        #expect(content == "hello")
    }

    @Test func cookiesJoinedByCommas() {
        #expect(SetCookieList("a=b").cookies == ["a=b"])
        #expect(SetCookieList("").cookies == [""])
        #expect(
            SetCookieList("a=b; expires=Thu, 01-Jan-70 00:00:00 GMT, c=d,e=f, g").cookies
                == ["a=b; expires=Thu, 01-Jan-70 00:00:00 GMT", "c=d", "e=f, g"])
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde",
        "HTTP/1.0 200 OK\r\n\r\nabcde",
        "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nabcde".replacingOccurrences(of: "200\r", with: "200 \r"),
    ])
    func framings(_ bytes: String) async throws {
        let (response, body) = try await answer(bytes)
        #expect(response.status == .ok)
        let content = try await text(body)
        #expect(content == "abcde")
    }

    @Test func informationalResponsesAreSkipped() async throws {
        let (response, body) = try await answer(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 202 A\r\nContent-Length: 2\r\n\r\nok")
        #expect(response.status.code == 202)
        #expect(response.headerFields[HTTPField.Name("Link")!] == nil)
        let content = try await text(body)
        #expect(content == "ok")
    }

    @Test(arguments: [
        ("HTTP/1.1 204 No\r\n\r\n", HTTPRequest.Method.get), ("HTTP/1.1 304 No\r\nETag: x\r\n\r\n", .get),
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", .head), ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .get),
    ])
    func noBody(_ bytes: String, _ method: HTTPRequest.Method) async throws {
        let (_, body) = try await answer(bytes, to: method)
        let content = try await text(body)
        #expect(content.isEmpty)
    }

    @Test(arguments: [
        "Bearer", "Bearer realm=\"x\"", "Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"1\"", "Basic", "realm=", "",
    ])
    func unauthorized(_ challenge: String) async throws {
        let (response, body) = try await answer(
            "HTTP/1.1 401 No\r\nWWW-Authenticate: \(challenge)\r\nContent-Length: 2\r\n\r\nno")
        #expect(response.status == .unauthorized)
        #expect(response.headerFields[.wwwAuthenticate] == challenge)
        let content = try await text(body)
        #expect(content == "no")
    }

    @Test func decodedContentHasNoKnownLength() async throws {
        let (_, body) = try await answer("HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 2\r\n\r\nok")
        #expect(body.length == 2)
        let gzip: [UInt8] = [
            0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0,
        ]
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(gzip.count)\r\n\r\n")
            try connection.send(gzip)
        }
        let (_, decoded) = try await URLSessionTransport().send(.to(server), body: nil)
        #expect(decoded.length == nil)
        let content = try await text(decoded)
        #expect(content == "hello")
    }

    @Test func cookiesAreNotKept() async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                try connection.respond("200 OK", ["Set-Cookie: secret=1; Path=/", "Cache-Control: max-age=1000", "ETag: \"x\""])
            }
        }
        for _ in 1...2 {
            _ = try await URLSessionTransport().send(.to(server), body: nil).1.collect(upTo: 0)
        }
        #expect(seen.all.map { $0["Cookie"] + $0["If-None-Match"] } == [[], []])
    }

    @Test func aBodyIsReadOnce() async throws {
        let (_, body) = try await answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        _ = try await text(body)
        await #expect(throws: HTTPBodyError.alreadyRead) { try await body.collect(upTo: 10) }
    }
}

@Suite struct RedirectTests {
    private func follow(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        try await RedirectFollower(transport: URLSessionTransport())
            .send(request, body: body, context: TransportContext(operation: OperationContext(operation: "test")))
    }

    /// A transport leaves redirects to what is above it.
    @Test func notFollowedByTheTransport() async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try redirecting(302, to: "/next", seen)
        let (response, _) = try await URLSessionTransport().send(.to(server, .get, "/a/start"), body: nil)
        #expect(response.status.code == 302)
        #expect(seen.all.count == 1)
    }

    /// A server that redirects `/start` and answers anything else.
    private func redirecting(_ status: Int, to location: String, _ seen: Seen<ReceivedRequest>) throws -> SocketServer {
        try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                if request.line.contains(" /a/start") {
                    try connection.respond("\(status) Elsewhere", ["Location: \(location)"], body: "moved")
                } else {
                    try connection.respond(body: "arrived")
                }
            }
        }
    }

    @Test(arguments: [
        ("/x%2Fy?z=%5B+", "/x%2Fy?z=%5B+"), ("b", "/a/b"), ("../b?c", "/b?c"), ("?q", "/a/start?q"), ("./", "/a/"),
        ("//AUTHORITY/d#f", "/d"), ("http://AUTHORITY", "/"), ("HTTP://AUTHORITY/e?", "/e?"),
    ])
    func followedWithinTheOrigin(_ location: String, _ target: String) async throws {
        let seen = Seen<ReceivedRequest>()
        let authority = Seen<String>()
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                if seen.all.count == 1 {
                    let location = location.replacingOccurrences(of: "AUTHORITY", with: authority.all[0])
                    try connection.respond("302 Found", ["Location: \(location)"], body: "moved")
                } else {
                    try connection.respond(body: "arrived")
                }
            }
        }
        authority.append(server.authority)
        let (response, body) = try await follow(
            .to(server, .get, "/a/start?s", [.authorization: "Bearer t"]), body: nil)
        #expect(response.status == .ok)
        let content = try await body.collect(upTo: 100)
        #expect(content == Data("arrived".utf8))
        #expect(seen.all.map(\.line) == ["GET /a/start?s HTTP/1.1", "GET \(target) HTTP/1.1"])
        #expect(seen.all.map { $0["Authorization"] } == [["Bearer t"], ["Bearer t"]])
    }

    @Test func resolution() {
        let origin = Origin(scheme: "https", authority: "h")!
        func resolved(_ reference: String) -> String? { URLReference(reference).resolved(against: "/b/c/d;p?q", origin: origin) }
        // RFC 3986 section 5.4, for references within the origin.
        let cases: [(String, String)] = [
            ("g", "/b/c/g"), ("./g", "/b/c/g"), ("g/", "/b/c/g/"), ("/g", "/g"), ("?y", "/b/c/d;p?y"), ("g?y", "/b/c/g?y"),
            ("#s", "/b/c/d;p?q"), ("g#s", "/b/c/g"), ("g?y#s", "/b/c/g?y"), (";x", "/b/c/;x"), ("g;x", "/b/c/g;x"),
            ("", "/b/c/d;p?q"), (".", "/b/c/"), ("./", "/b/c/"), ("..", "/b/"), ("../", "/b/"), ("../g", "/b/g"), ("../..", "/"),
            ("../../g", "/g"), ("../../../g", "/g"), ("/./g", "/g"), ("/../g", "/g"), ("g.", "/b/c/g."), (".g", "/b/c/.g"),
            ("./g/.", "/b/c/g/"), ("g/./h", "/b/c/g/h"), ("g/../h", "/b/c/h"), ("g;x=1/../y", "/b/c/y"), ("g?y/../x", "/b/c/g?y/../x"),
            ("https://h:443/g", "/g"), ("//H/g", "/g"), ("https://h?y", "/?y"),
        ]
        for (reference, target) in cases { #expect(resolved(reference) == target, "\(reference)") }
        for reference in ["http://h/", "https://h:444/", "//g", "mailto:x", "https://u@h/", "//h.evil/", "https:g", "javascript:1", "//"] {
            #expect(resolved(reference) == nil, "\(reference)")
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func notFollowedToAnotherOrigin(_ status: Int) async throws {
        let seen = Seen<ReceivedRequest>()
        let other = try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                try connection.respond()
            }
        }
        let server = try redirecting(status, to: "http://\(other.authority)/stolen", Seen())
        let (response, body) = try await follow(
            .to(server, .post, "/a/start", [.authorization: "Bearer t"]), body: HTTPBody("x"))
        #expect(response.status.code == status)
        #expect(response.headerFields[.location] == "http://\(other.authority)/stolen")
        let content = try await body.collect(upTo: 100)
        #expect(content == Data("moved".utf8))
        #expect(seen.all.isEmpty)
    }

    @Test(arguments: [
        (301, HTTPRequest.Method.post, "GET", ""), (302, .post, "GET", ""), (303, .post, "GET", ""), (303, .put, "GET", ""),
        (307, .post, "POST", "body"), (308, .post, "POST", "body"), (302, .put, "PUT", "body"), (301, .delete, "DELETE", "body"),
    ])
    func methodAndBody(_ status: Int, _ method: HTTPRequest.Method, _ followedBy: String, _ text: String) async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try redirecting(status, to: "/next", seen)
        let (response, _) = try await follow(
            .to(server, method, "/a/start", [.contentType: "text/plain"]), body: HTTPBody("body"))
        #expect(response.status == .ok)
        #expect(seen.all.map(\.line) == ["\(method.rawValue) /a/start HTTP/1.1", "\(followedBy) /next HTTP/1.1"])
        #expect(seen.all.last?.text == text)
        #expect(seen.all.last?["Content-Type"] == (text.isEmpty ? [] : ["text/plain"]))
    }

    @Test func aBodyThatCannotBeReadAgainIsNotSentAgain() async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try redirecting(307, to: "/next", seen)
        let (response, _) = try await follow(.to(server, .post, "/a/start"), body: HTTPBody(chunks(["x"])))
        #expect(response.status.code == 307)
        #expect(seen.all.count == 1)
    }

    @Test(arguments: ["", "Location: mailto:a@b", "Location: http://[bad", "Location: //x y/", "Location: http://127.0.0.1:1/%", "X: y"])
    func leadingNowhere(_ field: String) async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.respond("302 Found", field.isEmpty ? [] : [field])
        }
        let (response, body) = try await follow(.to(server), body: nil)
        #expect(response.status.code == 302)
        _ = try await body.collect(upTo: 100)
    }

    @Test func withoutEnd() async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try redirecting(302, to: "/a/start", seen)
        await #expect(throws: RedirectError.tooMany) { try await follow(.to(server, .get, "/a/start"), body: nil) }
        #expect(seen.all.count == 21)
    }
}
