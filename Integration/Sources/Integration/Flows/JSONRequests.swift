import Clients
import Foundation
import HTTPTypes

extension Flow {
    static let jsonRequests = Flow("Token requests in JSON", "`x-apus-oauth`") { server in
        let transport = RecordingTransport()
        let session = server.session(transport: transport) {
            $0.tokenRequest = .json
            $0.clientAuthentication = .post
        }
        try await signIn(session, at: server)
        try await session.refreshToken()
        try await server.check(session)
        let requests = await transport.tokenRequests(of: server.scheme)
        try expect(requests.count, 2, "token requests")
        for request in requests {
            try expect(request.header[.contentType], "application/json", "the media type")
            try expect(request.body.hasPrefix("{") && request.body.contains("grant_type"), "the body is JSON")
        }
    }

    static let grantTypeInQuery = Flow("`grant_type` in the query", "`x-apus-oauth`") { server in
        let transport = RecordingTransport()
        let session = server.session(transport: transport) { $0.grantTypeIn = .query }
        try await signIn(session, at: server)
        try await session.refreshToken()
        try await server.check(session)
        let requests = await transport.tokenRequests(of: server.scheme)
        try expect(
            requests.map { String($0.path.drop { $0 != "?" }) },
            ["?grant_type=authorization_code", "?grant_type=refresh_token"], "the queries")
        try expect(!requests.contains { $0.body.contains("grant_type") }, "the bodies have no grant_type")
    }
}
