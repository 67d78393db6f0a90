import Clients

/// Something was not as it should be.
struct Unexpected: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

func expect(_ holds: Bool, _ what: String) throws {
    if !holds { throw Unexpected("not so: \(what)") }
}

func expect<Value: Equatable>(_ found: Value?, _ expected: Value?, _ what: String) throws {
    guard found != expected else { return }
    let texts = [expected, found].map { $0.map { "\($0)" } ?? "nothing" }
    throw Unexpected("\(what): expected \(texts[0]), found \(texts[1])")
}

/// Checks that `body` fails, and how.
func expectFailure(
    _ what: String, _ body: () async throws -> Void, as isExpected: (OAuth2Error) -> Bool
) async throws {
    do {
        try await body()
    } catch let error as OAuth2Error {
        if isExpected(error) { return }
        throw Unexpected("\(what) failed otherwise: \(error)")
    }
    throw Unexpected("\(what) succeeded")
}

extension OAuth2Error {
    /// Whether the server answered with this error code.
    func isFromServer(_ code: Code) -> Bool {
        if case .server(code, _, _, _) = self { return true }
        return false
    }

    /// Whether the server refused the credentials of a user or a client.
    /// Authlib calls a wrong password an `invalid_request`, and Glewlwyd
    /// answers with a status and nothing more.
    var isRefusal: Bool {
        switch self {
        case .server(_, _, _, let status?): (400...499).contains(status)
        case .invalidResponse(let status, _): (400...403).contains(status)
        default: false
        }
    }
}
