import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One window with cookies of its own. It shows redirects and does not follow
/// them: nobody listens at the client's redirect URI.
struct Tab: Sendable {
    private let session = URLSession(configuration: .ephemeral, delegate: Stay(), delegateQueue: nil)

    func close() { session.finishTasksAndInvalidate() }

    func load(_ request: URLRequest) async throws -> (Page, HTTPURLResponse) {
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw Unexpected("not HTTP") }
        return (Page(String(decoding: data, as: UTF8.self)), response)
    }

    private final class Stay: NSObject, URLSessionTaskDelegate {
        func urlSession(
            _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
            newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
        ) {
            completionHandler(nil)
        }
    }
}
