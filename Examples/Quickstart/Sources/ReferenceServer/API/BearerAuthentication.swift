import Hummingbird

/// Checks the access token of a request (RFC 6750).
struct BearerAuthentication: Sendable {
    let grants: Grants
    let tally: Tally

    /// Answers a request of somebody who is signed in; everybody else gets 401 and why.
    func answer(
        to request: Request, _ body: (_ userID: Int) async throws -> Response
    ) async throws -> Response {
        tally.count { $0.apiRequests += 1 }
        guard let token = Self.token(of: request) else { return refusal(nil) }
        switch await grants.standing(ofAccessToken: token) {
        case .valid(let userID): return try await body(userID)
        case .expired: return refusal("The access token expired")
        case .revoked: return refusal("The access token was revoked")
        case .unknown: return refusal("The access token is invalid")
        }
    }

    private static func token(of request: Request) -> String? {
        guard let field = request.headers[.authorization] else { return nil }
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }

    /// A request without a token gets no error code (RFC 6750 section 3.1).
    private func refusal(_ reason: String?) -> Response {
        tally.count { $0.unauthorizedRequests += 1 }
        var challenge = #"Bearer realm="Reference API""#
        if let reason { challenge += #", error="invalid_token", error_description="\#(reason)""# }
        return Response(status: .unauthorized, headers: [.wwwAuthenticate: challenge])
    }
}
