import ApusRuntime
import Foundation
import HTTPTypes

/// What authorization servers answer: the first byte of the input says as what the rest is
/// read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOAuth(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: count)
    guard let kind = input.first else { return 0 }
    let bytes = Data(input.dropFirst())
    let text = String(decoding: bytes, as: UTF8.self)
    switch kind % 6 {
    case 0: checkChallenges(text)
    case 1: checkTokenAnswer(bytes)
    case 2: checkEndpoint(text)
    case 3: checkRedirectURI(text)
    case 4: checkIDToken(text)
    default: checkRedirect(text)
    }
    return 0
}

/// Challenges that are written again are read as what they were.
private func checkChallenges(_ text: String) {
    let challenges = Challenge.parse(text)
    let written = challenges.map { challenge in
        let parameters = challenge.parameters.sorted { $0.key < $1.key }.map { name, value in
            name + "=\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
        return challenge.scheme + " " + parameters.joined(separator: ", ")
    }
    precondition(Challenge.parse(written.joined(separator: ", ")) == challenges, "challenges change when they are written")
}

private let secret = "tiger-pass-81"

/// A token that was received can be stored and is the same then; no error shows the secret
/// of the request.
private func checkTokenAnswer(_ body: Data) {
    for (status, contentType) in [(200, "application/json"), (400, "application/x-www-form-urlencoded")] {
        do {
            let response = try EndpointResponse(
                HTTPResponse(status: .init(code: status), headerFields: [.contentType: contentType]), body: body,
                redaction: Redaction([Secret(secret)]), bodyExpected: true)
            let answer = try TokenResponse(response.members, scopeSeparator: " ", status: status)
            let date = Date(timeIntervalSince1970: 1_700_000_000)
            let token = answer.token(grantType: "password", scopes: ["one"], askedAt: date)
            let record = TokenRecord(revision: "1", signIn: "2", token: token)
            guard let stored = try? record.stored(), let again = try? TokenRecord(stored: stored) else {
                preconditionFailure("a token that was received cannot be stored")
            }
            precondition(again == record, "a token changes when it is stored")
            precondition(!"\(token)".contains(token.accessToken.exposed) || token.accessToken.exposed.count < 20, "a description shows a token")
        } catch {
            let shown = "\(error)\(error.localizedDescription)"
            precondition(!shown.lowercased().contains(secret), "an error shows a secret")
        }
    }
}

/// What is taken for an endpoint is a URL to Foundation too, with TLS or of this machine.
private func checkEndpoint(_ text: String) {
    guard let endpoint = try? Endpoint(text, serverURL: "https://api.example.com/v1") else { return }
    checkHost(endpoint.url)
    let more = endpoint.adding([("a b", "c&d=e#f")])
    precondition(more.url.hasPrefix(endpoint.url) && more.url.contains("a%20b=c%26d%3De%23f"), "parameters of an endpoint")
}

private func checkRedirectURI(_ text: String) {
    guard (try? RedirectURI.check(text, schemes: [])) != nil else { return }
    if text.lowercased().hasPrefix("http:") { checkHost(text) }
}

private func checkHost(_ text: String) {
    guard let components = URLComponents(string: text), let host = components.host else { return }
    guard components.scheme?.lowercased() == "http" else { return }
    let name = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    let isLocal = name == "localhost" || name.hasSuffix(".localhost") || name == "::1" || name.hasPrefix("127.") || name == "0:0:0:0:0:0:0:1"
    precondition(isLocal, "plain http to \(host)")
}

/// An ID token that is accepted says that it is for this client and from this issuer.
private func checkIDToken(_ text: String) {
    let validator = IDTokenValidator(clientID: "client", issuer: "https://issuer.example")
    let token = "e30." + Base64URL.encode(Data(text.utf8)) + ".c2ln"
    let now = Date(timeIntervalSince1970: 1_700_000_000)
    guard (try? validator.check(Secret(token), nonce: "n", maxAge: 60, at: now)) != nil else { return }
    guard let members = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] else { return }
    let audience = members["aud"] as? [String] ?? [members["aud"] as? String ?? ""]
    precondition(audience.contains("client") && members["iss"] as? String == "https://issuer.example" && members["nonce"] as? String == "n", "an ID token of others")
    precondition(((members["exp"] as? NSNumber)?.doubleValue ?? 0) > 1_699_999_000, "an ID token that has expired")
}

/// A redirect is accepted with the state of its request alone.
private func checkRedirect(_ text: String) {
    let request = Requested.request
    guard let redirect = try? AuthorizationRedirect(url: text.replacing("STATE", with: request.state), for: request) else { return }
    precondition(redirect.parameters["state"] == request.state && text.contains("STATE"), "a redirect without the state of its request")
}

private enum Requested {
    static let request: AuthorizationRequest = {
        guard let endpoint = try? Endpoint("https://issuer.example/authorize", serverURL: "https://api.example.com") else {
            preconditionFailure("the endpoint")
        }
        return AuthorizationRequest(
            endpoint: endpoint, scheme: OAuth2Scheme(name: "login"), client: OAuth2Client(id: "client"), redirectURI: "http://127.0.0.1:8080/callback",
            scopes: ["openid"], responseType: .code, sessionKey: "key")
    }()
}
