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
        let target = try Self.target(request.path ?? "/")
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

    /// Path and query, with the bytes percent-encoded that RFC 3986 does not
    /// allow: Foundation would encode what is already encoded a second time.
    private static func target(_ target: String) throws(URLSessionTransportError) -> String {
        guard target.utf8.first == UInt8(ascii: "/") else { throw .invalidTarget }
        let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
        for segment in path.split(separator: UInt8(ascii: "/"))
        where segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8) {
            throw .invalidTarget
        }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(target.utf8.count)
        let bytes = Array(target.utf8)
        for (index, byte) in bytes.enumerated() {
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "#") else { throw .invalidTarget }
            let isEscape =
                byte == UInt8(ascii: "%")
                && bytes.dropFirst(index + 1).prefix(2).filter(\.isHexadecimalDigit).count == 2
            if isEscape || isAllowed(byte) {
                encoded.append(byte)
            } else {
                encoded.append(contentsOf: [UInt8(ascii: "%"), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            Self.marks.contains(byte)
        }
    }

    private static let marks = Set("-._~!$&'()*+,;=:@/?".utf8)
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            false
        }
    }
}
