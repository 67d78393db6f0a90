import ApusRuntime
import Foundation
import HTTPTypes

/// The response of an endpoint of the authorization server, told apart into
/// members and errors.
struct EndpointResponse: Sendable {
    let status: Int
    /// Empty where the body was (RFC 7009 section 2.2).
    let members: [String: JSONValue]

    /// - Throws: The server's error, or why this is not a response of an endpoint.
    init(
        _ response: HTTPResponse, body: Data, redaction: Redaction, bodyExpected: Bool
    ) throws(OAuth2Error) {
        status = response.status.code
        let members = Self.members(of: body, contentType: response.headerFields[.contentType])

        // Also with 200: some servers report errors that way.
        if case .string(let code)? = members?["error"], members?["access_token"] == nil {
            func text(_ name: String) -> String? {
                guard case .string(let text)? = members?[name], !text.isEmpty else { return nil }
                return redaction.clean(text)
            }
            throw .server(
                code: OAuth2Error.Code(rawValue: redaction.clean(code)),
                description: text("error_description"),
                uri: text("error_uri"),
                status: status
            )
        }
        switch status {
        case 200...299:
            if let members {
                self.members = members
            } else if bodyExpected {
                throw .invalidResponse(status: status, reason: Self.complaint(response, body))
            } else {
                self.members = [:]
            }
        case 300...399:
            throw .invalidResponse(status: status, reason: "a redirect, which is not followed")
        case 408, 429, 500...:
            throw .unavailable(status: status, retryAfter: Self.retryAfter(response))
        default:
            throw .invalidResponse(status: status, reason: Self.complaint(response, body))
        }
    }

    /// The members of a JSON object, or of a form, whatever the content type
    /// says: both are sent under wrong names.
    private static func members(of body: Data, contentType: String?) -> [String: JSONValue]? {
        if let value = try? JSON.decode(JSONValue.self, from: body) {
            guard case .object(let members) = value else { return nil }
            return members
        }
        guard let text = String(bytes: body, encoding: .utf8), !text.contains("<"), !text.contains("{") else { return nil }
        let isForm = contentType?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
        let parameters = PercentEncoding.parameters(text.trimmingCharacters(in: .whitespacesAndNewlines))
        guard isForm || parameters.contains(where: { $0.name == "access_token" || $0.name == "error" }) else { return nil }
        return Dictionary(parameters.map { ($0.name, JSONValue.string($0.value)) }) { first, _ in first }
    }

    private static func complaint(_ response: HTTPResponse, _ body: Data) -> String {
        if body.isEmpty { return "an empty body" }
        let type = response.headerFields[.contentType] ?? ""
        if type.lowercased().contains("html") || body.prefix(64).contains(UInt8(ascii: "<")) { return "an HTML page" }
        return "a body that is neither a JSON object nor a form"
    }

    /// In seconds, a day at most.
    private static func retryAfter(_ response: HTTPResponse) -> Double? {
        RetryAfter.delay(in: response, now: Date()).map { min($0 / .seconds(1), 86_400) }
    }
}
