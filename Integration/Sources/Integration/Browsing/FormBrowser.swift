import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Does with an authorization server's pages what a person does: fills in
/// forms, presses buttons, and goes where the server sends them.
struct FormBrowser: Sendable {
    var username = Registrations.username
    /// Whether the person lets the client have what it asks for.
    var consents = true
    /// What a device shows.
    var userCode: String?
    /// Whether the person signs in where a page asks for that.
    var signsIn = true

    init(username: String = Registrations.username, consents: Bool = true, userCode: String? = nil) {
        self.username = username
        self.consents = consents
        self.userCode = userCode
    }

    /// The labels of the buttons that a person presses, whoever wrote the page.
    private var labels: [String] {
        (signsIn ? ["Sign in"] : []) + ["Verify", "Sign out"] + (consents ? ["Authorize", "Allow", "Accept"] : ["Deny", "Cancel"])
    }

    /// Begins at `url` and ends where the server sends the browser to the
    /// client's redirect URI.
    ///
    /// - Parameter tab: A browser that knows what has happened before; a new one
    ///   where it is left out.
    /// - Returns: The whole redirect.
    func redirect(from url: String, to redirectURI: String, in tab: Tab? = nil) async throws -> String {
        let own = Tab()
        defer { own.close() }
        switch try await walk(from: url, until: redirectURI, in: tab ?? own) {
        case .redirect(let target): return target
        case .page(let page): throw Unexpected("the browser ended at a page: \(page.text.prefix(300))")
        }
    }

    /// Begins at `url` and ends at a page where there is nothing to be done.
    func finish(from url: String) async throws {
        let tab = Tab()
        defer { tab.close() }
        _ = try await walk(from: url, until: nil, in: tab)
    }

    private enum End {
        case redirect(String)
        case page(Page)
    }

    private func walk(from url: String, until redirectURI: String?, in tab: Tab) async throws -> End {
        guard let start = URL(string: url) else { throw Unexpected("not a URL: \(url)") }
        var request = URLRequest(url: start)
        // Every way to sign in has fewer pages and redirects.
        for _ in 0..<20 {
            let (page, response) = try await tab.load(request)
            let here = request.url ?? start
            if let location = response.value(forHTTPHeaderField: "Location"), (300..<400).contains(response.statusCode) {
                if let redirectURI, location.hasPrefix(redirectURI) { return .redirect(location) }
                guard let target = URL(string: location, relativeTo: here)?.absoluteURL, target.host == "127.0.0.1" else {
                    throw Unexpected("the browser was sent to \(location)")
                }
                request = URLRequest(url: target)
            } else {
                guard response.statusCode < 400 else {
                    throw Unexpected("status \(response.statusCode) at \(here.path): \(page.text.prefix(300))")
                }
                guard let next = self.request(pressing: page, at: here) else { return .page(page) }
                request = next
            }
        }
        throw Unexpected("the browser went in circles")
    }

    /// What is sent when the person fills in a form and presses its button.
    private func request(pressing page: Page, at url: URL) -> URLRequest? {
        for form in page.forms {
            guard let button = form.buttons.first(where: { labels.contains($0.label) }) else { continue }
            var fields = form.fields
            for (name, value) in [
                ("username", username), ("password", Registrations.password.exposed), ("user_code", userCode),
            ] where fields[name] != nil {
                fields[name] = value
            }
            if let name = button.name { fields[name] = button.value }
            let target = form.action.flatMap { URL(string: $0, relativeTo: url)?.absoluteURL } ?? url
            var request = URLRequest(url: target)
            request.httpMethod = form.method.uppercased()
            request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
            // Some servers refuse forms that come from nowhere.
            request.setValue(url.absoluteString, forHTTPHeaderField: "Referer")
            request.httpBody = Data(
                fields.sorted { $0.key < $1.key }
                    .map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
                    .joined(separator: "&").utf8)
            return request
        }
        return nil
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
