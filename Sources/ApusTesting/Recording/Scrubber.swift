import ApusRuntime
import Foundation

/// Takes secrets out of recordings.
///
/// A secret is found by its name, and from then on wherever it stands: a token that an
/// answer brought is no longer in the path of a later request.
final class Scrubber: Sendable {
    /// What stands in the place of a secret.
    static let placeholder = "secret"

    private let settings: Scrubbing
    private let found: Locked<Set<String>>

    init(_ settings: Scrubbing) {
        self.settings = settings
        found = Locked(settings.values)
    }

    // MARK: - By name

    private static let names: Set<String> = [
        "authorization", "proxyauthorization", "cookie", "setcookie", "cookie2", "dpop", "dpopnonce", "apikey", "xapikey", "key", "code",
        "pin", "otp", "sig", "signature", "assertion", "clientassertion", "codeverifier", "sessionid", "session", "sid", "csrf", "state",
        "nonce", "usercode", "devicecode", "authenticationinfo", "wwwauthenticate",
    ]
    private static let parts = ["password", "passwd", "passphrase", "secret", "token", "apikey", "privatekey", "accesskey", "credential", "csrf", "jsessionid"]
    /// Names that only sound like secrets.
    private static let harmless: Set<String> = ["tokentype", "tokenendpoint", "nextpagetoken", "pagetoken", "nexttoken", "continuationtoken", "maxtokens"]

    private static func normalized(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    private func isSecret(_ name: String, among own: Set<String>, isMember: Bool = false) -> Bool {
        let name = Self.normalized(name)
        if own.contains(where: { Self.normalized($0) == name }) { return true }
        if Self.harmless.contains(name) { return false }
        // In JSON, a key or a state is rarely one.
        let isNamed = Self.names.contains(name) && !(isMember && ["key", "code", "state", "signature", "session"].contains(name))
        return isNamed || Self.parts.contains { name.contains($0) }
    }

    private func remember(_ secret: String) {
        // Short ones would take harmless text with them.
        guard secret.count >= 6, secret != Self.placeholder else { return }
        found.withValue { known in
            known.insert(secret)
            let words = secret.split(separator: " ")
            if words.count == 2, ["bearer", "basic", "dpop", "token"].contains(words[0].lowercased()) {
                known.insert(String(words[1]))
                if let pair = Data(base64Encoded: String(words[1])).flatMap({ String(data: $0, encoding: .utf8) }),
                    let password = pair.split(separator: ":", maxSplits: 1).last, password.count >= 6
                {
                    known.insert(String(password))
                }
            }
        }
    }

    /// Finds what an exchange has of secrets, and takes them out where they have names.
    func scrub(_ exchange: RecordedExchange) -> RecordedExchange {
        var exchange = exchange
        exchange.request = scrub(exchange.request)
        exchange.headerFields = scrub(exchange.headerFields)
        exchange.body = exchange.body.map { scrub($0, contentType: exchange.headerFields["content-type"]) }
        return exchange
    }

    func scrub(_ request: RecordedRequest) -> RecordedRequest {
        var request = request
        request.query = request.query.map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, isSecret(parts[0], among: settings.parameters) else { return pair }
            remember(parts[1])
            return parts[0] + "=" + Self.placeholder
        }
        request.headerFields = scrub(request.headerFields)
        request.body = request.body.map { scrub($0, contentType: request.headerFields["content-type"]) }
        return request
    }

    private func scrub(_ fields: [String: String]) -> [String: String] {
        var result = fields
        for (name, value) in fields where isSecret(name, among: settings.headerFields) {
            if name == "cookie" || name == "set-cookie" {
                for pair in value.components(separatedBy: ";") { remember(pair.split(separator: "=", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "") }
            }
            remember(value)
            result[name] = Self.placeholder
        }
        return result
    }

    private func scrub(_ body: RecordedBody, contentType: String?) -> RecordedBody {
        switch body {
        case .json(let value): return .json(scrub(value, at: "$"))
        case .text(let text):
            if contentType?.contains("x-www-form-urlencoded") == true { return .text(form(text)) }
            return .text(lines(text))
        case .base64: return body
        case .parts(let parts):
            return .parts(parts.map { part in
                var part = part
                if let name = part.name, isSecret(name, among: settings.parameters) {
                    if case .text(let text) = part.body { remember(text) }
                    part.body = .text(Self.placeholder)
                } else {
                    part.body = scrub(part.body, contentType: part.contentType)
                }
                return part
            })
        }
    }

    private func form(_ text: String) -> String {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, isSecret(parts[0], among: settings.parameters.union(settings.members)) else { return String(pair) }
            remember(parts[1].replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? parts[1])
            remember(parts[1])
            return parts[0] + "=" + Self.placeholder
        }.joined(separator: "&")
    }

    /// JSON in lines, and in the data of events.
    private func lines(_ text: String) -> String {
        text.components(separatedBy: "\n").map { line in
            guard let start = line.firstIndex(of: "{"), line[..<start].isEmpty || line.hasPrefix("data:"),
                let value = try? JSON.decode(JSONValue.self, from: Data(line[start...].utf8)),
                case let scrubbed = scrub(value, at: "$"), scrubbed != value, let bytes = try? JSON.bytes(of: scrubbed)
            else { return line }
            return line[..<start] + String(decoding: bytes, as: UTF8.self)
        }.joined(separator: "\n")
    }

    private func scrub(_ value: JSONValue, at path: String) -> JSONValue {
        if settings.paths.contains(path) { return withheld(value) }
        switch value {
        case .object(let members):
            return .object(Dictionary(uniqueKeysWithValues: members.map { name, member in
                (name, isSecret(name, among: settings.members, isMember: true) ? withheld(member) : scrub(member, at: "\(path).\(name)"))
            }))
        case .array(let elements): return .array(elements.map { scrub($0, at: path + "[*]") })
        case .null, .bool, .number, .string: return value
        }
    }

    /// A value of the same kind that says nothing.
    private func withheld(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text):
            remember(text)
            return .string(Self.placeholder)
        case .number(let number):
            remember(number.description)
            return 0
        case .object(let members): return .object(members.mapValues(withheld))
        case .array(let elements): return .array(elements.map(withheld))
        case .null, .bool: return value
        }
    }

    // MARK: - By value

    /// Takes known secrets out of everything, wherever they stand.
    func withoutKnownSecrets(_ recording: Recording) -> Recording {
        let secrets = found.withValue { $0 }.sorted { ($1.count, $0) < ($0.count, $1) }
        guard !secrets.isEmpty else { return recording }
        var recording = recording
        recording.exchanges = recording.exchanges.compactMap { exchange in
            var exchange = exchange
            exchange.body = exchange.body.map { withoutKnownSecrets($0, secrets) }
            exchange.request.body = exchange.request.body.map { withoutKnownSecrets($0, secrets) }
            return RecordedExchange(replaced(exchange.json, secrets))
        }
        return recording
    }

    private func withoutKnownSecrets(_ body: RecordedBody, _ secrets: [String]) -> RecordedBody {
        guard case .base64(let data) = body, secrets.contains(where: { data.range(of: Data($0.utf8)) != nil }) else { return body }
        return .text(Self.placeholder)
    }

    private func replaced(_ value: JSONValue, _ secrets: [String]) -> JSONValue {
        switch value {
        case .string(let text): .string(replaced(text, secrets))
        case .object(let members): .object(Dictionary(members.map { (replaced($0, secrets), replaced($1, secrets)) }) { first, _ in first })
        case .array(let elements): .array(elements.map { replaced($0, secrets) })
        case .null, .bool, .number: value
        }
    }

    private func replaced(_ text: String, _ secrets: [String]) -> String {
        var text = text
        for secret in secrets {
            let written = [secret, secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret]
            for form in written where text.contains(form) { text = text.replacingOccurrences(of: form, with: Self.placeholder) }
        }
        return text
    }
}
