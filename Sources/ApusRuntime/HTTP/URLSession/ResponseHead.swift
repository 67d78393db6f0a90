import Foundation
import HTTPTypes

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

extension HTTPResponse {
    /// The head of a response as URL loading tells it.
    ///
    /// Fields are sorted by name, since URL loading keeps them in a dictionary. It also joins
    /// repeated fields with commas, which only `Set-Cookie` must not be (RFC 6265 section 3).
    init(_ response: HTTPURLResponse) {
        var fields = HTTPFields()
        let named = response.allHeaderFields.compactMap { name, value -> (String, String)? in
            guard let name = name as? String, let value = value as? String else { return nil }
            return (name, value)
        }
        for (name, value) in named.sorted(by: { $0.0 < $1.0 }) {
            guard let name = HTTPField.Name(name) else { continue }
            let values = name == .setCookie ? SetCookieList(value).cookies : [value]
            for value in values { fields.append(HTTPField(name: name, value: value)) }
        }
        self.init(
            status: HTTPResponse.Status(code: min(max(response.statusCode, 0), 999)), headerFields: fields)
    }

    /// Whether URL loading has made more of the body than was sent.
    var isCompressed: Bool {
        headerFields[.contentEncoding].map { $0.lowercased() != "identity" } ?? false
    }

    /// The body's length in bytes, where the head tells it.
    var bodyLength: Int64? {
        guard headerFields[.transferEncoding] == nil,
            // URL loading has decoded the content, so its length is another.
            headerFields[.contentEncoding].map({ $0.lowercased() == "identity" }) ?? true,
            let length = headerFields[.contentLength].flatMap({ Int64($0) }), length >= 0
        else { return nil }
        return length
    }
}

/// Several `Set-Cookie` fields joined by `", "`.
///
/// A comma separates two cookies where a name and `=` follow it. The commas
/// within a cookie are those in dates, and there digits and a space follow.
struct SetCookieList {
    let cookies: [String]

    init(_ joined: String) {
        let bytes = Array(joined.utf8)
        var cookies: [String] = []
        var start = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: ",") {
            let after = bytes[(index + 1)...].drop { $0 == UInt8(ascii: " ") }
            let name = after.prefix { Self.isTokenByte($0) }
            guard !name.isEmpty, after.dropFirst(name.count).first == UInt8(ascii: "=") else { continue }
            cookies.append(String(decoding: bytes[start..<index], as: UTF8.self))
            start = after.startIndex
        }
        cookies.append(String(decoding: bytes[start...], as: UTF8.self))
        self.cookies = cookies
    }

    /// RFC 9110 section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            marks.contains(byte)
        }
    }

    private static let marks = Set("!#$%&'*+-.^_`|~".utf8)
}
