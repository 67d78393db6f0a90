import BenchmarkClient
import Foundation
import HTTPTypes

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What both sides are answered.
enum Answer {
    static let body = Data(#"{"id":7,"name":"Swift","price":12.5,"tags":["bird","fast"]}"#.utf8)
}

/// Answers every request from memory.
struct MemoryTransport: Transport {
    var delay: Duration?

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        if let delay { try await Task.sleep(for: delay) }
        let response = HTTPResponse(status: .ok, headerFields: [.contentType: "application/json"])
        return (response, HTTPBody(Answer.body))
    }
}

/// Answers every request of a `URLSession` from memory.
final class AnsweringProtocol: URLProtocol {
    static func session() -> URLSession {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.protocolClasses = [AnsweringProtocol.self]
        return URLSession(configuration: configuration)
    }

    override class func canInit(with request: URLRequest) -> Bool { true }
    override class func canonicalRequest(for request: URLRequest) -> URLRequest { request }
    override func stopLoading() {}

    override func startLoading() {
        guard let url = request.url,
            let response = HTTPURLResponse(
                url: url, statusCode: 200, httpVersion: "HTTP/1.1", headerFields: ["Content-Type": "application/json"])
        else { return }
        client?.urlProtocol(self, didReceive: response, cacheStoragePolicy: .notAllowed)
        client?.urlProtocol(self, didLoad: Answer.body)
        client?.urlProtocolDidFinishLoading(self)
    }
}
