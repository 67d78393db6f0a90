import Foundation
import Testing

@Suite("What apus.yaml says of an authorization server")
struct OAuthConfigurationTests {
    private let description = """
        openapi: 3.1.0
        info: {title: Small, version: '1'}
        paths: {}
        components:
          securitySchemes:
            login:
              type: oauth2
              flows: {password: {tokenUrl: /token, scopes: {}}}
              x-apus-oauth: {tokenRequest: json, revocationUrl: /revoke}
            key: {type: apiKey, in: header, name: X-Key}
        """

    private func run(_ configuration: String) async throws -> (outcome: Tool.Outcome, swift: String) {
        try await withFolder { folder in
            try folder.appending(path: "openapi.yaml").write(description)
            try folder.appending(path: "apus.yaml").write(configuration)
            let output = folder.appending(path: "out")
            let outcome = try await Tool.apus(
                "generate", folder.appending(path: "openapi.yaml").path, "--output", output.path, "--config",
                folder.appending(path: "apus.yaml").path)
            let files = output.snapshot.sorted { $0.key < $1.key }.map { String(decoding: $0.value.content, as: UTF8.self) }
            return (outcome, files.joined(separator: "\n"))
        }
    }

    @Test("It stands beside the description's own, and in its place where both say something")
    func settings() async throws {
        let (outcome, swift) = try await run(
            "oauth:\n  login:\n    tokenRequest: form\n    grantEndedErrors: [bad_refresh_token]\n    clientAuthentication: private_key_jwt\n")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(swift.contains("tokenRequest: .form") && swift.contains(#"revocationURL: "/revoke""#))
        #expect(swift.contains(#"grantEndedErrors: ["bad_refresh_token"]"#))
        #expect(swift.contains("clientKey: any SigningKey"))
    }

    @Test("What is wrong is an error with its place", arguments: [
        ("oauth: [login]\n", "1:8: error: `oauth` should be a mapping"),
        ("oauth:\n  login: {tokenRequests: form}\n", "2:11: error: `tokenRequests` is nothing that can be said of OAuth"),
        ("oauth:\n  login: {pkce: maybe}\n", "2:17: error: `pkce` should be one of required, supported, none"),
        ("oauth:\n  logon: {pkce: none}\n", "2:3: error: the description has no security scheme of OAuth called `logon`"),
        ("oauth:\n  key: {pkce: none}\n", "2:3: error: the description has no security scheme of OAuth called `key`"),
    ])
    func errors(configuration: String, message: String) async throws {
        let outcome = try await run(configuration).outcome
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("apus.yaml:\(message)"), "\(outcome.errors)")
    }
}
