import Foundation
import Hummingbird

/// Finds out which client asks (RFC 6749 section 2.3): by the body, or by HTTP
/// Basic.
struct ClientAuthentication: Sendable {
    let clients: ClientRegistry

    func client(of request: Request, _ parameters: RequestParameters) throws(OAuthError) -> ClientRegistry.Client {
        guard let field = request.headers[.authorization] else {
            guard let id = parameters["client_id"],
                let client = clients.authenticated(id: id, secret: parameters["client_secret"])
            else { throw .invalidClient }
            return client
        }
        guard parameters["client_secret"] == nil else {
            throw .invalidRequest("There is more than one kind of client authentication")
        }
        guard let (id, secret) = Self.basic(field), let client = clients.authenticated(id: id, secret: secret) else {
            throw .invalidClient
        }
        guard parameters["client_id"] == nil || parameters["client_id"] == id else {
            throw .invalidRequest("The client_id is not that of the client authentication")
        }
        return client
    }

    /// Id and secret are form-encoded before they are joined (RFC 6749 section
    /// 2.3.1).
    private static func basic(_ field: String) -> (id: String, secret: String)? {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1])) else {
            return nil
        }
        let pair = String(decoding: data, as: UTF8.self)
            .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map { $0.replacingOccurrences(of: "+", with: " ").removingPercentEncoding }
        guard pair.count == 2, let id = pair[0], let secret = pair[1] else { return nil }
        return (id, secret)
    }
}
