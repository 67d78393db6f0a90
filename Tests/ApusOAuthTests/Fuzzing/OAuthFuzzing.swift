#if canImport(CryptoKit)
    import CryptoKit
#else
    import Crypto
#endif
import Foundation
import HTTPTypes

@testable import ApusOAuth
@testable import ApusRuntime

/// What authorization servers and APIs answer. The first byte of the input says what kind
/// of answer the rest is; of answers to requests, the first line is a secret that the
/// request had.
func fuzzOAuth(_ input: [UInt8]) async {
    guard let kind = input.first else { return }
    let rest = input.dropFirst()
    switch kind % 8 {
    case 0, 1, 2: EndpointAnswer(rest)?.check()
    case 3: checkIDToken(String(decoding: rest, as: UTF8.self))
    case 4: await checkKeys(Data(rest))
    case 5: checkChallenges(String(decoding: rest, as: UTF8.self))
    case 6: checkRedirect(String(decoding: rest, as: UTF8.self))
    default: checkStored(Data(rest))
    }
}

/// An answer of an endpoint to a request with a secret.
private struct EndpointAnswer {
    let secret: String
    let response: HTTPResponse
    let body: Data

    init?(_ bytes: ArraySlice<UInt8>) {
        guard let options = bytes.first else { return nil }
        let lines = bytes.dropFirst().split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2, lines[0].count <= 200 else { return nil }
        secret = String(decoding: lines[0], as: UTF8.self)
        body = Data(lines[1])
        let statuses = [200, 200, 201, 302, 400, 401, 429, 503]
        var response = HTTPResponse(status: .init(code: statuses[Int(options % 8)]))
        response.headerFields[.contentType] = options & 8 == 0 ? "application/json" : "application/x-www-form-urlencoded"
        if options & 16 != 0 { response.headerFields[.retryAfter] = String(decoding: body.prefix(12), as: UTF8.self) }
        self.response = response
    }

    func check() {
        do throws(OAuth2Error) {
            let answer = try EndpointResponse(response, body: body, redaction: Redaction([Secret(secret)]), bodyExpected: true)
            attempt { () throws(OAuth2Error) in checkToken(try TokenResponse(answer.members, scopeSeparator: ",", status: answer.status)) }
            attempt { () throws(OAuth2Error) in
                let device = try DeviceAuthorization(answer, scopes: [], askedAt: now)
                precondition(device.interval >= 1 && device.interval.isFinite && device.expiresAt > now, "a device's times")
            }
            attempt { () throws(OAuth2Error) in checkMetadata(try ServerMetadata(answer, issuer: issuer)) }
        } catch {
            checkError(error, secret: secret)
        }
    }

    private func attempt(_ body: () throws(OAuth2Error) -> Void) {
        do throws(OAuth2Error) { try body() } catch { checkError(error, secret: nil) }
    }
}

private let now = Date(timeIntervalSince1970: 1_700_000_000)
private let issuer = "https://issuer.example"

/// The server's words are cleaned: nothing of the secret in any form that is documented,
/// and nothing that a terminal takes for a command.
private func checkError(_ error: OAuth2Error, secret: String?) {
    let text = error.description
    precondition(!text.unicodeScalars.contains { isControl($0) }, "an error has control characters")
    guard case .server(let code, let description, let uri, _) = error, let secret, secret.utf8.count > 3 else { return }
    // What the server may have repeated, with marks that nobody sees between its letters.
    var forms = [secret, Data(secret.utf8).base64EncodedString().trimmingCharacters(in: ["="])]
    forms.append(String(String.UnicodeScalarView(secret.unicodeScalars.filter { !isControl($0) })))
    for said in [code.rawValue, description ?? "", uri ?? ""] {
        precondition(said.count <= 500, "more than 500 characters")
        for piece in said.components(separatedBy: "<redacted>") {
            for form in forms where form.utf8.count > 3 {
                precondition(!small(piece).contains(small(form)), "a secret is shown")
            }
        }
    }
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
}

/// Bytes with the letters of ASCII in lower case, as text whose characters are the bytes.
private func small(_ text: String) -> String {
    String(String.UnicodeScalarView(text.utf8.map { Unicode.Scalar((0x41...0x5A).contains($0) ? $0 | 0x20 : $0) }))
}

/// A token is the same after it was stored, and says nothing of its secrets: another token
/// says the same.
private func checkToken(_ response: TokenResponse) {
    let token = response.token(grantType: "password", scopes: ["a"], askedAt: now)
    precondition(token.accessToken.exposed.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a token that is no header field")
    precondition(token.expiresAt.map { $0 > now } ?? true, "a token that has ended before it began")
    checkRecord(TokenRecord(signedInWith: token))
    checkRecord(TokenRecord(signedInWith: response.token(after: token, askedAt: now)))
}

private func checkRecord(_ record: TokenRecord) {
    do {
        let stored = try record.stored()
        let again = try TokenRecord(stored: stored)
        precondition(again == record, "a record changes in its store")
    } catch {
        preconditionFailure("a record cannot be stored and read again: \(error)")
    }
    guard let token = record.token else { return }
    var other = token
    other.accessToken = Secret("another")
    other.refreshToken = token.refreshToken.map { _ in Secret("another") }
    other.idToken = token.idToken.map { _ in Secret("another") }
    other.dpopKey = token.dpopKey.map { _ in Secret("another") }
    other.additional = [:]
    precondition(shown(token) == shown(other), "a token shows its secrets")
}

private func shown(_ value: some Any) -> String {
    var text = "\(value) \(String(reflecting: value)) "
    dump(value, to: &text)
    return text
}

/// What a server says of itself, written as JSON and read again.
private func checkMetadata(_ metadata: ServerMetadata) {
    var members: [String: JSONValue] = ["issuer": .string(metadata.issuer)]
    func set(_ name: String, _ value: String?) { members[name] = value.map { .string($0) } }
    func set(_ name: String, _ values: [String]) { members[name] = .array(values.map { .string($0) }) }
    let urls = [
        metadata.authorizationURL, metadata.tokenURL, metadata.deviceAuthorizationURL, metadata.pushedAuthorizationRequestURL,
        metadata.revocationURL, metadata.introspectionURL, metadata.userInfoURL, metadata.endSessionURL, metadata.jwksURL,
    ]
    let names = [
        "authorization_endpoint", "token_endpoint", "device_authorization_endpoint", "pushed_authorization_request_endpoint",
        "revocation_endpoint", "introspection_endpoint", "userinfo_endpoint", "end_session_endpoint", "jwks_uri",
    ]
    for (name, url) in zip(names, urls) { set(name, url) }
    set("scopes_supported", metadata.scopes)
    set("grant_types_supported", metadata.grantTypes)
    set("code_challenge_methods_supported", metadata.proofKeyMethods)
    set("token_endpoint_auth_methods_supported", metadata.tokenEndpointAuthenticationMethods)
    members["authorization_response_iss_parameter_supported"] = .bool(metadata.isIssuerInRedirects)
    do {
        let body = try JSON.encode(JSONValue.object(members))
        let answer = try EndpointResponse(HTTPResponse(status: .ok), body: body, redaction: Redaction([]), bodyExpected: true)
        let again = try ServerMetadata(answer, issuer: issuer)
        precondition(again == metadata, "metadata change when they are written and read again")
    } catch {
        preconditionFailure("metadata cannot be written and read again: \(error)")
    }
    for url in urls.compactMap({ $0 }) {
        do throws(OAuth2Error) {
            let endpoint = try Endpoint(url, serverURL: "https://api.example")
            precondition(endpoint.scheme == "https" || LoopbackAddress.isLoopback(host: host(endpoint)), "an endpoint without TLS")
            let again = try Endpoint(endpoint.url, serverURL: "")
            precondition(again == endpoint, "an endpoint changes when it is read again")
        } catch {
            checkError(error, secret: nil)
        }
    }
    _ = OAuth2Scheme(name: "s", metadata: metadata)
}

private func host(_ endpoint: Endpoint) -> String { Authority(endpoint.authority)?.hostWithoutBrackets ?? "" }

// MARK: - ID tokens and keys

/// An ID token that is accepted says what it has to, and an error repeats nothing of it.
private func checkIDToken(_ text: String) {
    let validator = IDTokenValidator(clientID: "client", issuer: issuer)
    func isAccepted(_ token: String) -> Bool {
        do throws(OAuth2Error) {
            let claims = try validator.claims(of: Secret(token), at: now)
            precondition(claims["iss"] == .string(issuer) && claims["sub"]?.string?.isEmpty == false, "whose token is it")
            precondition(claims["aud"] == .string("client") || claims["aud"]?.array?.contains(.string("client")) == true, "for whom is it")
            precondition((claims["exp"]?.double ?? 0) > now.timeIntervalSince1970 - 301, "it has ended")
            try validator.check(Secret(token), nonce: "nonce", maxAge: 60, at: now)
            try validator.check(Secret(token), follows: Secret(token), at: now)
            return true
        } catch {
            guard case .invalidIDToken = error else { preconditionFailure("another error: \(error)") }
            checkError(error, secret: nil)
            return false
        }
    }
    _ = isAccepted(text)
    // Most texts are no token; as the claims of one they are more often.
    let parts = [#"{"alg":"ES256"}"#, text, "s"].map { Base64URL.encode(Data($0.utf8)) }
    let token = parts.joined(separator: ".")
    if isAccepted(token) {
        precondition((try? JSON.decode(JSONValue.self, from: Array(text.utf8)))?.object?["nonce"] == .string("nonce"), "its nonce")
    }
}

private enum Signed {
    static let key: P256.Signing.PrivateKey = {
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: Data(repeating: 7, count: 32)) else { preconditionFailure("a key") }
        return key
    }()
    static let token: Secret = {
        let input = [#"{"alg":"ES256","kid":"one"}"#, #"{"iss":"https://issuer.example","sub":"1"}"#]
            .map { Base64URL.encode(Data($0.utf8)) }.joined(separator: ".")
        guard let signature = try? key.signature(for: Data(input.utf8)) else { preconditionFailure("a signature") }
        return Secret(input + "." + Base64URL.encode(signature.rawRepresentation))
    }()
}

private struct PublishedKeys: Transport {
    let body: Data

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        (HTTPResponse(status: .ok), HTTPBody(self.body))
    }
}

/// A token counts as signed only where the key that has signed it is among the server's.
private func checkKeys(_ body: Data) async {
    let verdict = await ServerKeys().verdict(
        on: Signed.token, at: "https://issuer.example/keys", algorithms: [.es256, .edDSA], transport: PublishedKeys(body: body),
        within: .seconds(60))
    guard case .signed = verdict else { return }
    let published = (try? JSON.decode(JSONValue.self, from: body))?.object?["keys"]?.array ?? []
    let x = Signed.key.publicKey.rawRepresentation.prefix(32)
    let isThere = published.contains { $0.object?["x"]?.string.flatMap { Base64URL.decode($0) } == x }
    precondition(isThere, "signed by a key that the server does not have")
}

// MARK: - Challenges, redirects, stores

/// Challenges, written as RFC 9110 wants and read again, are the same.
private func checkChallenges(_ text: String) {
    let challenges = Challenge.parse(text)
    let written = challenges.map { challenge in
        let parameters = challenge.parameters.sorted { $0.key < $1.key }.map { name, value in
            // Scalars, as a combining mark after a backslash is one Character with it.
            let escaped = value.unicodeScalars.map { ["\\", "\""].contains($0) ? "\\\($0)" : "\($0)" }
            return "\(name)=\"\(escaped.joined())\""
        }
        return challenge.scheme + " " + parameters.joined(separator: ", ")
    }.joined(separator: ", ")
    precondition(Challenge.parse(written) == challenges, "challenges change when they are written and read again")
    var response = HTTPResponse(status: .unauthorized)
    response.headerFields[.wwwAuthenticate] = text
    _ = Challenge.all(in: response)
}

/// A redirect counts only with the state of its request.
private func checkRedirect(_ text: String) {
    for responseType in [AuthorizationRequest.ResponseType.code, .token] {
        let request = AuthorizationRequest.fuzzed(responseType)
        let separator = responseType == .code ? "?" : "#"
        for url in [text, request.redirectURI + separator + text, request.redirectURI + "\(separator)state=\(request.state)&" + text] {
            do throws(OAuth2Error) {
                let redirect = try AuthorizationRedirect(url: url, for: request)
                precondition(url.contains("state") && redirect.parameters["state"] == request.state, "another state")
                if responseType == .token { checkToken(try redirect.response(scopeSeparator: " ")) }
                try redirect.accept(by: OAuth2Scheme(name: "s", metadata: Known.metadata))
                _ = try redirect.code
            } catch {
                checkError(error, secret: request.state)
            }
        }
    }
}

private enum Known {
    static let metadata: ServerMetadata = {
        let body = Data(#"{"issuer":"https://issuer.example"}"#.utf8)
        guard let answer = try? EndpointResponse(HTTPResponse(status: .ok), body: body, redaction: Redaction([]), bodyExpected: true),
            let metadata = try? ServerMetadata(answer, issuer: issuer)
        else { preconditionFailure("metadata") }
        return metadata
    }()
}

/// What a store holds, which others may have written.
private func checkStored(_ data: Data) {
    if let record = try? TokenRecord(stored: data) { checkRecord(record) }
}

extension AuthorizationRequest {
    fileprivate static func fuzzed(_ responseType: ResponseType) -> AuthorizationRequest {
        guard let endpoint = try? Endpoint("https://issuer.example/authorize", serverURL: "") else { preconditionFailure("an endpoint") }
        return AuthorizationRequest(
            endpoint: endpoint, scheme: OAuth2Scheme(name: "s"), client: OAuth2Client(id: "client"), redirectURI: "app://callback",
            scopes: ["openid"], responseType: responseType, sessionKey: "s")
    }
}
