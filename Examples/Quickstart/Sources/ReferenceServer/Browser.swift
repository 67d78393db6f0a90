import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Does with the login form what a person does with a browser.
public struct Browser: Sendable {
    public init() {}

    /// What went wrong on the way.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Opens a login form, fills it in and sends it.
    ///
    /// - Returns: Where the browser is sent then.
    public func signIn(at url: String, username: String, password: String) async throws -> String {
        guard let url = URL(string: url) else { throw Failure(description: "not a URL") }
        // One session for both requests: it keeps the form's cookie.
        let session = URLSession(configuration: .ephemeral, delegate: Stay(), delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let (page, response) = try await load(URLRequest(url: url), in: session)
        guard response.statusCode == 200 else { throw Failure(description: "no login form, but status \(response.statusCode)") }
        var fields = Self.hiddenFields(of: page)
        guard fields["csrf_token"] != nil else { throw Failure(description: "the page has no login form") }
        fields["username"] = username
        fields["password"] = password

        var request = URLRequest(url: url.deletingQuery)
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(fields.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&").utf8)
        let (_, answer) = try await load(request, in: session)
        guard answer.statusCode == 302, let location = answer.value(forHTTPHeaderField: "Location") else {
            throw Failure(description: "the form was not accepted: status \(answer.statusCode)")
        }
        return location
    }

    /// Redirects are not followed: nobody listens at the client's redirect URI.
    private func load(_ request: URLRequest, in session: URLSession) async throws -> (String, HTTPURLResponse) {
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw Failure(description: "not HTTP") }
        return (String(decoding: data, as: UTF8.self), response)
    }

    private final class Stay: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            completionHandler(nil)
        }
    }

    private static func hiddenFields(of page: String) -> [String: String] {
        var fields: [String: String] = [:]
        for match in page.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/) {
            fields[String(match.1)] =
                String(match.2).replacingOccurrences(of: "&quot;", with: "\"").replacingOccurrences(of: "&lt;", with: "<")
                .replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(of: "&amp;", with: "&")
        }
        return fields
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

extension URL {
    fileprivate var deletingQuery: URL {
        var components = URLComponents(url: self, resolvingAgainstBaseURL: true)
        components?.query = nil
        return components?.url ?? self
    }
}
