import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Does what the program on Glewlwyd's login page does: it signs in, consents,
/// and goes back to where it came from.
struct GlewlwydLogin: Sendable {
    func redirect(from url: String, to redirectURI: String) async throws -> String {
        let location = try await signIn(from: url)
        guard location.hasPrefix(redirectURI) else { throw Unexpected("the browser was sent to \(location)") }
        return location
    }

    func finish(from url: String) async throws {
        let location = try await signIn(from: url)
        guard location.contains("prompt=deviceComplete") else { throw Unexpected("the browser was sent to \(location)") }
    }

    /// Where the browser is sent after the sign-in.
    private func signIn(from url: String) async throws -> String {
        let tab = Tab()
        defer { tab.close() }
        guard let start = URL(string: url) else { throw Unexpected("not a URL: \(url)") }
        let login = try await location(after: URLRequest(url: start), in: tab)
        let query = URLComponents(string: login)?.queryItems ?? []
        func parameter(_ name: String) throws -> String {
            guard let value = query.first(where: { $0.name == name })?.value else {
                throw Unexpected("the login page is not told the \(name): \(login)")
            }
            // Foundation leaves the plus signs of forms as they are.
            return value.replacing("+", with: " ")
        }
        let client = try parameter("client_id")
        let person = ["username": Registrations.username, "password": Registrations.password.exposed]
        try await send("POST", "/api/auth/", person, to: start, in: tab)
        try await send("PUT", "/api/auth/grant/\(client)/", ["scope": try parameter("scope")], to: start, in: tab)
        guard let back = URL(string: query.first { $0.name == "callback_url" }?.value.map { $0 + "&g_continue" } ?? "") else {
            throw Unexpected("the login page leads nowhere: \(login)")
        }
        return try await location(after: URLRequest(url: back), in: tab)
    }

    private func location(after request: URLRequest, in tab: Tab) async throws -> String {
        let (page, response) = try await tab.load(request)
        guard let location = response.value(forHTTPHeaderField: "Location") else {
            throw Unexpected("no redirect but status \(response.statusCode): \(page.text.prefix(300))")
        }
        return location
    }

    private func send(
        _ method: String, _ path: String, _ body: [String: String], to server: URL, in tab: Tab
    ) async throws {
        guard let url = URL(string: path, relativeTo: server)?.absoluteURL else { throw Unexpected("not a path: \(path)") }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONEncoder().encode(body)
        let (_, response) = try await tab.load(request)
        guard response.statusCode == 200 else { throw Unexpected("\(path) answered \(response.statusCode)") }
    }
}
