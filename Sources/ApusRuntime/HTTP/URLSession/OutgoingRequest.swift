import Foundation
import HTTPTypes

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A request in URL loading's terms, checked so that nothing in it can change on the way.
struct OutgoingRequest {
    /// Everything but the body.
    let urlRequest: URLRequest

    /// `nil` for a request without a body, and for an empty one.
    let body: HTTPBody?

    init(_ request: HTTPRequest, body: HTTPBody?) throws(URLSessionTransportError) {
        guard let scheme = request.scheme?.lowercased(), scheme == "http" || scheme == "https" else {
            throw .unsupportedScheme
        }
        guard let authority = request.authority, let host = Authority(authority)?.host else { throw .invalidAuthority }
        #if canImport(FoundationNetworking)
            if scheme == "http", LoopbackAddress.isLoopback(host: host), ProxyEnvironment.current.takesHTTP(to: host) {
                throw .loopbackThroughProxy
            }
        #endif
        guard let target = RequestTarget.encoded(request.path ?? "/") else { throw .invalidTarget }
        guard let url = URL(string: "\(scheme)://\(authority)\(target)"), url.host != nil else { throw .invalidTarget }

        let isEmpty = body.map { $0.length == 0 } ?? true
        if !isEmpty, ["GET", "HEAD", "TRACE", "CONNECT"].contains(request.method.rawValue) {
            throw .bodyNotAllowed(method: request.method.rawValue)
        }
        self.body = isEmpty ? nil : body

        var urlRequest = URLRequest(url: url)
        urlRequest.httpMethod = request.method.rawValue
        urlRequest.httpShouldHandleCookies = false
        urlRequest.cachePolicy = .reloadIgnoringLocalCacheData
        urlRequest.timeoutInterval = Self.noTimeout
        Self.addFields(of: request, to: &urlRequest)
        self.urlRequest = urlRequest
    }

    /// The transport has a clock of its own, see ``TransferClock``. In seconds.
    static let noTimeout = 10_000_000.0

    private static func addFields(of request: HTTPRequest, to urlRequest: inout URLRequest) {
        for field in request.headerFields {
            guard !derived.contains(field.name.canonicalName),
                urlRequest.value(forHTTPHeaderField: field.name.rawName) == nil,
                // Repeated fields are combined (RFC 9110 section 5.3).
                let value = request.headerFields[field.name]
            else { continue }
            urlRequest.setValue(value, forHTTPHeaderField: field.name.rawName)
        }
    }

    private static let derived: Set<String> = ["content-length", "transfer-encoding", "host"]
}
