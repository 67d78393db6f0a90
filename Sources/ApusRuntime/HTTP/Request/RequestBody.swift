import Foundation
import HTTPTypes

extension Request {
    /// Sends a value as JSON. Members that only the server sets are left out.
    public mutating func json<Body: JSONCoding>(_ body: Body?, contentType: String = "application/json") {
        guard let body else { return }
        attempt { request throws(JSONError) in
            request.body(HTTPBody(try JSON.encode(body, omittingReadOnly: true)), contentType: contentType)
        }
    }

    /// Sends an object's members as a form (`application/x-www-form-urlencoded`).
    /// Lists become repeated members, objects within become JSON text.
    public mutating func form<Body: JSONCoding>(
        _ body: Body?, contentType: String = "application/x-www-form-urlencoded"
    ) {
        guard let body else { return }
        attempt { request throws(JSONError) in
            let members = try FormMembers.members(of: body)
            func encode(_ text: String) -> String { PercentEncoding.encode(text, .form, spaceAsPlus: true) }
            let pairs = members.flatMap { name, values in values.map { "\(encode(name))=\(encode($0))" } }
            request.body(HTTPBody(pairs.joined(separator: "&")), contentType: contentType)
        }
    }

    /// Sends a text in UTF-8.
    public mutating func text(_ body: String?, contentType: String = "text/plain") {
        guard let body else { return }
        self.body(HTTPBody(body), contentType: contentType)
    }

    /// Sends bytes as they are.
    public mutating func body(_ body: HTTPBody?, contentType: String) {
        guard let body else { return }
        self.body = body
        headerFields[.contentType] = contentType
    }
}
