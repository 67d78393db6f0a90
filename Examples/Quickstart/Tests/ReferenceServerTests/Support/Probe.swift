import Foundation
import ReferenceServer

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends requests as they are written, and shows answers as they come: no redirects, no cookies, no credentials.
struct Probe: Sendable {
    let server: ReferenceServer
    private let session: URLSession
    private let exchanges = Exchanges()

    init(_ server: ReferenceServer) {
        self.server = server
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    struct Answer {
        let status: Int
        let body: String
        private let response: HTTPURLResponse

        fileprivate init(_ data: Data, _ response: HTTPURLResponse) {
            status = response.statusCode
            body = String(decoding: data, as: UTF8.self)
            self.response = response
        }

        func header(_ name: String) -> String? { response.value(forHTTPHeaderField: name) }

        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]) ?? [:]
        }

        /// The code of an OAuth error.
        var error: String? { json["error"] as? String }

        /// The messages of a 422.
        var errors: [String: [String]] { json["errors"] as? [String: [String]] ?? [:] }

        func text(_ name: String) -> String { json[name] as? String ?? "" }

        /// The parameters that a redirect carries, as they stand in the URL.
        var redirected: [String: String] {
            let query = (header("Location") ?? "").drop { $0 != "?" }.dropFirst()
            return query.split(separator: "&").reduce(into: [:]) { result, pair in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                result[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
            }
        }
    }

    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String? = nil
    ) async throws -> Answer {
        guard let url = URL(string: server.url + path) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0.utf8) }
        let (data, response) = try await exchanges.run(session.dataTask(with: request))
        return Answer(data, response)
    }

    func get(_ path: String, token: String? = nil) async throws -> Answer {
        try await send("GET", path, headers: token.map { ["Authorization": "Bearer \($0)"] } ?? [:])
    }

    func post(_ path: String, json: [String: Any], headers: [String: String] = [:]) async throws -> Answer {
        let body = String(decoding: try JSONSerialization.data(withJSONObject: json), as: UTF8.self)
        return try await send(
            "POST", path, headers: headers.merging(["Content-Type": "application/json"]) { $1 }, body: body)
    }

    func post(_ path: String, form: [String: String], headers: [String: String] = [:]) async throws -> Answer {
        let body = form.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
        return try await send(
            "POST", path, headers: headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { $1 },
            body: body)
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
