import Clients
import Foundation

extension Flow {
    static let refreshedIDToken = Flow("ID token of a refresh, of the same user only", "OpenID Connect Core §12.2") { server in
        let session = server.session { $0.issuer = server.issuer }
        try await signIn(session, at: server, scopes: ["openid"] + server.scopes.filter { $0 != "openid" })
        guard let first = await session.token, let idToken = first.idToken else { throw Unexpected("no ID token") }
        try await session.refreshToken()
        guard let second = await session.token else { throw Unexpected("no token after the refresh") }
        try expect(second.idToken != idToken, "the refresh has brought an ID token")
        try await server.check(session)

        // As if somebody else had signed in before.
        var other = second
        other.idToken = Secret(try changed(idToken.exposed, subject: "somebody else"))
        let store = PresetStore(other)
        let victim = server.session(store: store) { $0.issuer = server.issuer }
        try await expectFailure("an ID token of another user") {
            try await victim.refreshToken()
        } as: {
            if case .invalidIDToken = $0 { true } else { false }
        }
        try await expect(victim.token == nil, "nobody is signed in")
        try await expect(store.token == nil, "the store has no token")
    }

    /// An ID token about another subject. Its signature is not right any more.
    static func changed(_ idToken: String, subject: String) throws -> String {
        var parts = idToken.split(separator: ".").map(String.init)
        var text = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        guard let data = Data(base64Encoded: text), var claims = try JSON.decode(JSONValue.self, from: data).object else {
            throw Unexpected("the ID token cannot be read")
        }
        claims["sub"] = .string(subject)
        parts[1] = try JSON.encode(JSONValue.object(claims)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        return parts.joined(separator: ".")
    }
}
