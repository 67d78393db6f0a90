import HTTPTypes
import Testing

@testable import ApusOAuth

@Suite struct ChallengeTests {
    @Test func challenges() {
        #expect(Challenge.parse("Bearer") == [Challenge(scheme: "bearer")])
        #expect(
            Challenge.parse(#"Bearer realm="a, \"b\"", error=invalid_token , Scope = "x y""#)
                == [Challenge(scheme: "bearer", parameters: ["realm": #"a, "b""#, "error": "invalid_token", "scope": "x y"])]
        )
        #expect(
            Challenge.parse(#"Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple""#)
                == [
                    Challenge(scheme: "newauth", parameters: ["realm": "apps", "type": "1", "title": #"Login to "apps""#]),
                    Challenge(scheme: "basic", parameters: ["realm": "simple"]),
                ]
        )
    }

    @Test(arguments: [
        "", ",", "=", "\"", "a=", "Bearer \"", "Bearer error=\"x", "Bearer error=\"x\\", "Bearer ==", "\u{7F}\u{0}", "Bearer é=ü",
        "Negotiate YWJj==", "Bearer ,,,, error", "Bearer error =",
    ])
    func anythingIsRead(text: String) {
        // Reaching the end is the point; what is there is at least a scheme.
        #expect(Challenge.parse(text).allSatisfy { !$0.scheme.isEmpty })
    }

    @Test func severalFields() {
        var response = HTTPResponse(status: .forbidden)
        if let error = OAuth2Error.insufficientScope(in: response) { Issue.record(error) }
        response.headerFields.append(HTTPField(name: .wwwAuthenticate, value: "Basic realm=x"))
        response.headerFields.append(HTTPField(name: .wwwAuthenticate, value: "BEARER error=insufficient_scope"))
        guard case .insufficientScope(let required)? = OAuth2Error.insufficientScope(in: response) else {
            Issue.record("not seen")
            return
        }
        #expect(required.isEmpty)
    }
}
