@testable import ApusRuntime
import Foundation
import HTTPTypes
import Testing

private typealias Answer = RecordingTransport.Answer

private func client(_ answers: Answer..., limits: ClientLimits = ClientLimits()) -> ShopAPI.Client {
    ShopAPI.Client(
        transport: RecordingTransport { _, index in answers[min(index, answers.count - 1)] }, limits: limits)
}

@Suite struct SuccessTests {
    @Test(arguments: [200, 201, 202, 203, 206, 299]) func every2xxIsASuccess(status: Int) async throws {
        #expect(try await client(.json(#"{"id":7,"name":"Ada"}"#, status: status)).getUser(id: 7) == .init(id: 7, name: "Ada"))
    }

    @Test(arguments: [100, 199, 300, 302, 304, 400, 404, 418, 500, 599, 999]) func nothingElseIs(status: Int) async throws {
        do {
            _ = try await client(.json(#"{"id":7}"#, status: status)).getUser(id: 7)
            Issue.record("a success")
        } catch {
            guard case .undocumented(let response) = error else { throw error }
            #expect(response.status.code == status)
            #expect(String(decoding: response.body, as: UTF8.self) == #"{"id":7}"#)
            #expect(response.operation == "getUser")
        }
    }

    @Test func emptyBodies() async throws {
        #expect(try await client(.empty(204)).find(shop: "s", color: []) == nil)
        #expect(try await client(.empty(200)).find(shop: "s", color: []) == nil)
        guard case .null = try await client(.empty(200)).maybe() else { throw CancellationError() }
        try await client(.empty(204)).delete(id: "1")
        try await client(.text("ignored")).delete(id: "1")
        do {
            _ = try await client(.empty(204)).getUser(id: 1)
            Issue.record("decoded")
        } catch {
            guard case .decoding(_, let response) = error else { throw error }
            #expect(response.status.code == 204)
        }
    }

    @Test func textBytesAndStreams() async throws {
        #expect(try await client(.text("é")).text() == "é")
        let latin = Answer(status: 200, body: HTTPBody([0xE9]), headerFields: [.contentType: "text/plain; charset=\"ISO-8859-1\""])
        #expect(try await client(latin).text() == "é")
        #expect(try await client(.text("abc")).bytes() == Data("abc".utf8))
        let chunks = AsyncStream<[UInt8]> { continuation in
            continuation.yield([1, 2])
            continuation.yield([3])
            continuation.finish()
        }
        let body = try await client(Answer(body: HTTPBody(chunks))).stream()
        #expect(try await body.collect(upTo: 10) == Data([1, 2, 3]))
    }

    @Test func byStatus() async throws {
        #expect(try await client(.json(#"{"id":1}"#)).either() == .user(.init(id: 1)))
        #expect(try await client(.text("hi", status: 202)).either() == .text("hi"))
        #expect(try await client(.empty(204)).either() == .none)
        #expect(try await client(.json(#"{"id":2}"#, status: 299)).either() == .user(.init(id: 2)))
        // A status that is listed is a success, whichever it is.
        #expect(try await client(.text("gone", status: 404)).either() == .bytes(Data("gone".utf8)))
        guard case .body(let body) = try await client(.text("part", status: 206)).streamOrUser() else {
            throw CancellationError()
        }
        #expect(try await body.collect(upTo: 10) == Data("part".utf8))
    }

    /// The default among successes stands for 2xx only.
    @Test func defaultIsNoError() async throws {
        await #expect(throws: APIError<ShopAPI.Problem>.self) {
            try await client(.json(#"{"id":1}"#, status: 500)).either()
        }
    }

    @Test func unlisted2xx() async throws {
        do {
            _ = try await client(.json(#"{"id":1}"#, status: 201)).streamOrUser()
            Issue.record("a success")
        } catch {
            guard case .undocumented(let response) = error else { throw error }
            #expect(response.status.code == 201)
        }
    }

    @Test func notAsDescribed() async throws {
        do {
            _ = try await client(.json(#"{"id":"hunter2"}"#)).getUser(id: 1)
            Issue.record("decoded")
        } catch {
            guard case .decoding(let fault, let response) = error else { throw error }
            #expect(fault.path == "$.id")
            #expect(response.body == Data(#"{"id":"hunter2"}"#.utf8))
            #expect(!"\(error)".contains("hunter2"))
            #expect(!error.isRetryable)
        }
    }

    @Test func longerThanTheLimit() async throws {
        let client = client(.json(#"{"id":1}"#), limits: ClientLimits(maximumJSONBodyBytes: 7))
        do {
            _ = try await client.getUser(id: 1)
            Issue.record("read")
        } catch {
            guard case .transport(let cause) = error else { throw error }
            #expect(cause.underlying as? HTTPBodyError == .tooLarge(limit: 7))
            #expect("\(error)" == "no response: the body is longer than 7 bytes")
        }
    }
}

@Suite struct FailureTests {
    @Test(arguments: [401, 404, 422]) func documented(status: Int) async throws {
        do {
            _ = try await client(.json(#"{"message":"no"}"#, status: status)).createUser(.init(id: 1))
            Issue.record("a success")
        } catch .documented(let problem, let response) {
            #expect(problem == .init(message: "no"))
            #expect(response.status.code == status)
        } catch {
            throw error
        }
    }

    @Test(arguments: [
        (403, #"{"message":"no"}"#), (422, "<html>"), (422, ""), (422, #"{"error":"other"}"#),
    ])
    func undocumented(status: Int, body: String) async throws {
        do {
            _ = try await client(.json(body, status: status)).createUser(.init(id: 1))
            Issue.record("a success")
        } catch .undocumented(let response) {
            #expect(response.status.code == status)
            #expect(response.body == Data(body.utf8))
            #expect(response.headerFields[.contentType] == "application/json")
        } catch {
            throw error
        }
    }

    @Test(arguments: [
        (404, #"{"message":"a"}"#, ShopAPI.NotFoundOrProblem.notFound(.init(message: "a"))),
        (409, "text", .conflict("text")), (410, "", .gone),
        (500, #"{"message":"b"}"#, .problem(.init(message: "b"))), (599, #"{"message":"c"}"#, .problem(.init(message: "c"))),
        (302, #"{"message":"d"}"#, .problem(.init(message: "d"))),
    ])
    func byStatus(status: Int, body: String, expected: ShopAPI.NotFoundOrProblem) async throws {
        do {
            _ = try await client(.json(body, status: status)).find(shop: "s", color: [])
            Issue.record("a success")
        } catch .documented(let failure, _) {
            #expect(failure == expected)
        } catch {
            throw error
        }
    }

    @Test func exactBeforeRangeBeforeDefault() {
        let cases: [ResponseCase<String>] = [
            .text(.default) { "default " + $0 }, .text(400...499) { "range " + $0 }, .text(404) { "exact " + $0 },
            .text(400...450) { "later range " + $0 },
        ]
        for cases in [cases, [cases[2], cases[1], cases[0], cases[3]]] {
            let errors = ErrorResponses.cases(cases)
            for (status, expected) in [(404, "exact x"), (405, "range x"), (500, "default x")] {
                let response = Response(status: .init(code: status), body: Data("x".utf8), operation: "test")
                #expect(errors.failure(of: response) == expected)
            }
        }
    }

    @Test func rangesWithoutAStatus() {
        let errors = ErrorResponses.text(on: 499...400)
        #expect(errors.failure(of: Response(status: 404, operation: "test")) == nil)
        // The range operator is the standard library's wherever nothing asks for a pattern.
        let digits = 0...9
        #expect(digits.contains(9))
    }

    @Test func text() async throws {
        do {
            _ = try await client(.text("no", status: 404)).stream()
            Issue.record("a success")
        } catch .documented(let text, _) {
            #expect(text == "no")
        } catch {
            throw error
        }
    }

    @Test func bodiesAreCutOff() async throws {
        let chunks = AsyncStream<[UInt8]> { continuation in
            for _ in 0..<10 { continuation.yield([UInt8](repeating: 65, count: 4)) }
            continuation.finish()
        }
        for body in [HTTPBody(chunks), HTTPBody(String(repeating: "A", count: 40))] {
            do {
                _ = try await client(Answer(status: 500, body: body), limits: ClientLimits(maximumErrorBodyBytes: 6)).getUser(id: 1)
                Issue.record("a success")
            } catch {
                #expect(error.response?.body == Data("AAAAAA".utf8))
                #expect(error.response?.isBodyComplete == false)
            }
        }
    }

    /// The status is worth more than the end of the connection.
    @Test func bodiesThatBreakOff() async throws {
        let chunks = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield([65])
            continuation.finish(throwing: URLError(.networkConnectionLost))
        }
        do {
            _ = try await client(Answer(status: 503, body: HTTPBody(chunks))).getUser(id: 1)
            Issue.record("a success")
        } catch {
            guard case .undocumented(let response) = error else { throw error }
            #expect(response.status.code == 503)
            #expect(response.body == Data([65]))
            #expect(!response.isBodyComplete)
        }
    }

    @Test(arguments: [
        (408, true), (429, true), (500, true), (502, true), (503, true), (504, true), (400, false), (401, false), (404, false),
        (409, false), (501, false), (505, false),
    ])
    func retryableStatuses(status: Int, expected: Bool) async throws {
        do {
            _ = try await client(.empty(status)).getUser(id: 1)
        } catch {
            #expect(error.isRetryable == expected)
            #expect(error.status?.code == status)
        }
    }

    @Test(arguments: [
        (URLError.Code.timedOut, true), (.networkConnectionLost, true), (.cannotConnectToHost, true), (.badURL, false),
        (.serverCertificateUntrusted, false),
    ])
    func retryableFaults(code: URLError.Code, expected: Bool) async throws {
        let transport = RecordingTransport { _, _ in throw URLError(code) }
        do {
            _ = try await ShopAPI.Client(transport: transport).getUser(id: 1)
            Issue.record("a success")
        } catch {
            guard case .transport(let cause) = error else { throw error }
            #expect((cause.underlying as? URLError)?.code == code)
            #expect(error.isRetryable == expected)
        }
    }
}
