import ApusRuntime
import Foundation

/// The keys that an authorization server signs with (RFC 7517), as it publishes
/// them at its `jwks_uri`. They are kept, and asked for again where a token names
/// one that is not among them: a server may change its keys at any time (OpenID
/// Connect Core section 10.1.1).
actor ServerKeys {
    private struct PublishedKey {
        var key: JSONWebKey
        var id: String?
        var algorithm: String?
        var use: String?
        /// Of a server of many tenants: whose tokens the key is for.
        var issuer: String?
    }

    private var keys: [PublishedKey] = []
    private var url: String?
    private var fetchedAt: ContinuousClock.Instant?
    private let fetches = SingleFlight<String, Result<[String: JSONValue], OAuth2Error>>()

    /// How long unknown keys do not make it ask again: anybody can name keys that
    /// do not exist.
    private let pause: Duration

    init(pause: Duration = .seconds(60)) {
        self.pause = pause
    }

    /// What is known of who has signed a token.
    enum Verdict: Sendable {
        case signed
        /// Not the server, or in a way that is not allowed.
        case notSigned(OAuth2Error)
        /// It cannot be told now, as the server's keys could not be had.
        case unknown(OAuth2Error)
    }

    /// Asks for the keys, if that was never done.
    func prepare(at url: String, transport: any Transport, within limit: Duration) async throws(OAuth2Error) {
        if self.url != url { (self.url, keys, fetchedAt) = (url, [], nil) }
        if fetchedAt == nil { try await fetch(url, transport, limit) }
    }

    /// Who has signed a token.
    ///
    /// - Parameters:
    ///   - url: Where the server publishes its keys.
    ///   - algorithms: Those that may have been used. What the token itself
    ///     names only chooses among them (RFC 8725 section 3.1).
    func verdict(
        on token: Secret, at url: String, algorithms: [any SignatureAlgorithm], transport: any Transport,
        within limit: Duration
    ) async -> Verdict {
        let none = OAuth2Error.invalidIDToken(reason: "none of the server's keys has signed it")
        do throws(OAuth2Error) {
            let signed: SignedInput
            do { signed = try SignedInput(token) } catch { return .notSigned(error) }
            guard let algorithm = algorithms.first(where: { $0.name == signed.algorithm }) else {
                return .notSigned(.invalidIDToken(reason: "it is signed by an algorithm that is not allowed"))
            }
            let isNew = fetchedAt == nil || self.url != url
            try await prepare(at: url, transport: transport, within: limit)
            if isSigned(signed, algorithm) { return .signed }
            // The key that it names is here, and has not signed it.
            if isNew || keys.contains(where: { $0.id != nil && $0.id == signed.keyID }) { return .notSigned(none) }
            if let fetchedAt, ContinuousClock.now - fetchedAt < pause { return .unknown(none) }
            try await fetch(url, transport, limit)
            return isSigned(signed, algorithm) ? .signed : .notSigned(none)
        } catch {
            return .unknown(error)
        }
    }

    private func isSigned(_ signed: SignedInput, _ algorithm: any SignatureAlgorithm) -> Bool {
        keys.contains { key in
            guard signed.keyID == nil || key.id == nil || key.id == signed.keyID else { return false }
            // RFC 7517 sections 4.2 and 4.4.
            guard key.use ?? "sig" == "sig", key.algorithm ?? algorithm.name == algorithm.name else { return false }
            if let issuer = key.issuer, !IssuerIdentifier(issuer).matches(signed.issuer, tenant: signed.tenant) { return false }
            return algorithm.isValid(signed.signature, for: signed.input, by: key.key)
        }
    }

    private func fetch(_ url: String, _ transport: any Transport, _ limit: Duration) async throws(OAuth2Error) {
        let endpoint = try Endpoint(url, serverURL: url)
        let outcome = await fetches.value(for: url) {
            let request = EndpointRequest(endpoint: endpoint, parameters: [], isJSON: false, secrets: [])
            do throws(OAuth2Error) {
                return .success(try await request.get(by: transport, within: limit).members)
            } catch {
                return .failure(error)
            }
        }
        guard case .value(let result) = outcome else { throw .cancelled }
        guard let published = try result.get()["keys"]?.array else {
            throw .invalidResponse(status: 200, reason: "no keys")
        }
        guard self.url == url else { return }
        keys = published.compactMap(Self.key)
        fetchedAt = .now
    }

    private static func key(_ value: JSONValue) -> PublishedKey? {
        guard let members = value.object else { return nil }
        let texts = members.compactMapValues(\.string)
        return PublishedKey(
            key: JSONWebKey(members: texts), id: texts["kid"], algorithm: texts["alg"], use: texts["use"],
            issuer: texts["issuer"])
    }
}

/// A signed token, taken apart (RFC 7515 section 5.2).
private struct SignedInput {
    let input: Data
    let signature: Data
    let algorithm: String
    let keyID: String?
    let issuer: String
    let tenant: String?

    init(_ token: Secret) throws(OAuth2Error) {
        let parts = token.exposed.split(separator: ".", omittingEmptySubsequences: false)
        func object(_ part: Substring) -> [String: JSONValue]? {
            Base64URL.decode(part).flatMap { try? JSON.decode(JSONValue.self, from: $0) }?.object
        }
        guard parts.count == 3, let header = object(parts[0]), let claims = object(parts[1]),
            let signature = Base64URL.decode(parts[2]), let algorithm = header["alg"]?.string,
            // RFC 7515 section 4.1.11: extensions that must be understood.
            header["crit"] == nil
        else { throw .invalidIDToken(reason: "it is not a signed JSON Web Token") }
        input = Data("\(parts[0]).\(parts[1])".utf8)
        self.signature = signature
        self.algorithm = algorithm
        keyID = header["kid"]?.string
        issuer = claims["iss"]?.string ?? ""
        tenant = claims["tid"]?.string
    }
}
