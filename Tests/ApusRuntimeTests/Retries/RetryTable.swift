import Foundation
import Testing

/// What a call does with what happens to it: one case in a line.
///
/// Method | what comes, attempt by attempt | what is set | attempts | delays in seconds | end
///
/// What comes is a status, with fields in braces, or `lost` (the connection
/// ends without an answer), `unsent` (it cannot be made), `cut` (it ends in the
/// middle of the body) or `slow` (nothing comes until time is up). What is set:
/// `once` (a body that can be read once), `body` (one that can be read again),
/// `key` (an idempotency key), `idempotent`, `not-idempotent` (the description says
/// so), `retries=`, `deadline=`, `attempt=`, `writes` (throttled writes are repeated),
/// `budget=` (tokens that are left). The random numbers are all 0.5, so that the delays are half their bound.
enum RetryTable {
    static let text = """
        GET     | 200                                  |                | 1 |              | ok
        GET     | 204                                  |                | 1 |              | ok
        GET     | 503 200                              |                | 2 | 0.125        | ok
        GET     | 503 503 200                          |                | 3 | 0.125 0.25   | ok
        GET     | 503 503 503 200                      |                | 3 | 0.125 0.25   | 503
        GET     | 500 200                              |                | 2 | 0.125        | ok
        GET     | 502 200                              |                | 2 | 0.125        | ok
        GET     | 504 200                              |                | 2 | 0.125        | ok
        GET     | 408 200                              |                | 2 | 0.125        | ok
        GET     | 425 200                              |                | 2 | 0.125        | ok
        GET     | 429 200                              |                | 2 | 0.5          | ok
        GET     | 429 429 200                          |                | 3 | 0.5 1        | ok
        GET     | 400 200                              |                | 1 |              | 400
        GET     | 401 200                              |                | 1 |              | 401
        GET     | 403 200                              |                | 1 |              | 403
        GET     | 404 200                              |                | 1 |              | 404
        GET     | 409 200                              |                | 1 |              | 409
        GET     | 501 200                              |                | 1 |              | 501
        GET     | 505 200                              |                | 1 |              | 505
        HEAD    | 503 200                              |                | 2 | 0.125        | ok
        OPTIONS | 503 200                              |                | 2 | 0.125        | ok
        PUT     | 503 200                              | body           | 2 | 0.125        | ok
        DELETE  | 503 200                              |                | 2 | 0.125        | ok
        QUERY   | 503 200                              | body           | 2 | 0.125        | ok
        PUT     | 500 200                              | body           | 2 | 0.125        | ok
        PUT     | 503 200                              | once           | 1 |              | 503
        PUT     | lost 200                             | once           | 1 |              | lost
        POST    | 503 200                              | body           | 1 |              | 503
        POST    | 500 200                              | body           | 1 |              | 500
        POST    | 429 200                              | body           | 1 |              | 429
        POST    | 429{Retry-After: 1} 200              | body           | 1 |              | 429
        POST    | 429{Retry-After: 1} 200              | body writes    | 2 | 1.05         | ok
        POST    | 429 200                              | body writes    | 1 |              | 429
        POST    | 503{Retry-After: 1} 200              | body writes    | 1 |              | 503
        POST    | 425 200                              | body           | 2 | 0.125        | ok
        POST    | 408 200                              | body           | 1 |              | 408
        POST    | lost 200                             | body           | 1 |              | lost
        POST    | lost 200                             |                | 1 |              | lost
        POST    | unsent 200                           | body           | 2 | 0.125        | ok
        POST    | unsent 200                           | once           | 1 |              | unsent
        POST    | unsent unsent unsent 200             | body           | 3 | 0.125 0.25   | unsent
        POST    | slow 200                             | body attempt=1 | 1 |              | timeout
        POST    | 503 200                              | body key       | 2 | 0.125        | ok
        POST    | lost 200                             | body key       | 2 | 0.125        | ok
        POST    | slow 200                             | body key attempt=1 | 2 | 0.125    | ok
        POST    | 500 200                              | body key       | 1 |              | 500
        POST    | 503 200                              | once key       | 1 |              | 503
        POST    | 503 200                              | body idempotent | 2 | 0.125       | ok
        POST    | 500 200                              | body idempotent | 2 | 0.125       | ok
        POST    | 404 200                              | body key       | 1 |              | 404
        PATCH   | 503 200                              | body           | 1 |              | 503
        PATCH   | 503 200                              | body key       | 2 | 0.125        | ok
        PATCH   | lost 200                             | body           | 1 |              | lost
        DELETE  | 503 200                              | not-idempotent | 1 |              | 503
        GET     | lost 200                             |                | 2 | 0.125        | ok
        GET     | lost lost lost                       |                | 3 | 0.125 0.25   | lost
        GET     | unsent 200                           |                | 2 | 0.125        | ok
        GET     | cut 200                              |                | 2 | 0.125        | ok
        POST    | cut 200                              | body           | 1 |              | lost
        GET     | slow 200                             | attempt=1      | 2 | 0.125        | ok
        GET     | slow slow slow                       | attempt=1      | 3 | 0.125 0.25   | timeout
        GET     | slow 200                             | deadline=4     | 2 | 0.125        | ok
        GET     | slow slow slow slow slow             | deadline=2 retries=9 | 3 | 0.125 0.25 | timeout
        GET     | 503 slow slow slow                   | attempt=1 retries=1 | 2 | 0.125   | 503
        GET     | 503 200                              | deadline=0.1   | 1 |              | 503
        GET     | 503{Retry-After: 2} 200              |                | 2 | 2.1          | ok
        GET     | 503{Retry-After: 0} 200              |                | 2 | 0.125        | ok
        GET     | 503{Retry-After: 0.5} 200            |                | 2 | 0.525        | ok
        GET     | 503{Retry-After: 60} 200             |                | 2 | 63           | ok
        GET     | 503{Retry-After: 61} 200             |                | 1 |              | 503
        GET     | 503{Retry-After: 5} 200              | deadline=5     | 1 |              | 503
        GET     | 503{Retry-After: Sun, 06 Nov 1994 08:49:47 GMT} 200 |  | 2 | 10.5        | ok
        GET     | 503{Retry-After: Sunday, 06-Nov-94 08:49:47 GMT} 200 | | 2 | 10.5        | ok
        GET     | 503{Retry-After: Sun Nov  6 08:49:47 1994} 200 |     | 2 | 10.5         | ok
        GET     | 503{Retry-After: Sun, 06 Nov 1994 08:00:00 GMT} 200 |  | 2 | 0.125       | ok
        GET     | 503{Retry-After: soon} 200           |                | 2 | 0.125        | ok
        GET     | 503{Retry-After: -5} 200             |                | 2 | 0.125        | ok
        GET     | 503{Retry-After: 99999999999999999999999} 200 |       | 1 |              | 503
        GET     | 429{Retry-After: 3} 200              |                | 2 | 3.15         | ok
        GET     | 429{Retry-After-Ms: 1500} 200        |                | 2 | 1.575        | ok
        GET     | 429{x-ms-retry-after-ms: 1500} 200   |                | 2 | 1.575        | ok
        GET     | 429{RateLimit: "default";r=0;t=4} 200 |               | 2 | 4.2          | ok
        GET     | 429{RateLimit: limit=10, remaining=0, reset=4} 200 |  | 2 | 4.2          | ok
        GET     | 429{RateLimit-Reset: 4} 200          |                | 2 | 4.2          | ok
        GET     | 502{RateLimit-Reset: 4} 200          |                | 2 | 0.125        | ok
        GET     | 400{x-should-retry: true} 200        |                | 2 | 0.125        | ok
        GET     | 503{x-should-retry: false} 200       |                | 1 |              | 503
        POST    | 503{x-should-retry: true} 200        | body           | 1 |              | 503
        POST    | 409{x-should-retry: true} 200        | body key       | 2 | 0.125        | ok
        GET     | 503 200                              | retries=0      | 1 |              | 503
        GET     | 503 503 503 503 503 503 503 503 200  | retries=8      | 9 | 0.125 0.25 0.5 1 2 4 4 4 | ok
        GET     | 503 200                              | budget=13      | 1 |              | 503
        GET     | 503 200                              | budget=14      | 2 | 0.125        | ok
        GET     | 429 200                              | budget=5       | 2 | 0.5          | ok
        GET     | 429 200                              | budget=4       | 1 |              | 429
        GET     | 503 503 200                          | budget=20      | 2 | 0.125        | 503
        """

    static let rows = text.split(separator: "\n").map { RetryRow(String($0)) }
}

struct RetryRow: Sendable, CustomTestStringConvertible {
    let line: String
    let method: String
    let answers: [String]
    let settings: [String]
    let attempts: Int
    let delays: [Double]
    let end: String

    init(_ line: String) {
        self.line = line
        let columns = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        method = columns[0]
        answers = Self.words(columns[1])
        settings = Self.words(columns[2])
        attempts = Int(columns[3])!
        delays = Self.words(columns[4]).map { Double($0)! }
        end = columns[5]
    }

    var testDescription: String { line }

    func setting(_ name: String) -> Double? {
        settings.first { $0.hasPrefix(name + "=") }.flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    /// Parts between spaces that are not in braces.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isInBraces = false
        for character in text {
            if character == "{" { isInBraces = true }
            if character == "}" { isInBraces = false }
            if character == " ", !isInBraces {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
