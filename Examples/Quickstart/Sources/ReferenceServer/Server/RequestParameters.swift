import Foundation
import Hummingbird

/// The parameters of a request to one of the OAuth endpoints. A parameter
/// without a value counts as absent (RFC 6749 section 3.1).
struct RequestParameters: Sendable {
    private var values: [String: String] = [:]
    /// Parameters that occur more than once, which RFC 6749 forbids.
    private(set) var repeated: Set<String> = []

    /// Why a body has no parameters that could be read.
    enum Failure: Error {
        /// The media type is neither JSON nor a form.
        case mediaType
        case malformed
    }

    /// Parameters of a query or a form.
    init(form: some StringProtocol) throws(Failure) {
        for pair in form.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                throw .malformed
            }
            if value.isEmpty { continue }
            if values.updateValue(value, forKey: name) != nil { repeated.insert(name) }
        }
    }

    /// Parameters of a body, which says what it is.
    init(bodyOf request: Request) async throws {
        let type = request.headers[.contentType] ?? ""
        let essence = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        let bytes = try await request.body.collect(upTo: .largestBody)
        if type == "application/json" {
            try self.init(json: Data(bytes.readableBytesView))
        } else if essence == "application/x-www-form-urlencoded" {
            try self.init(form: String(decoding: bytes.readableBytesView, as: UTF8.self))
        } else {
            throw Failure.mediaType
        }
    }

    private init(json: Data) throws(Failure) {
        guard let object = try? JSONSerialization.jsonObject(with: json) as? [String: Any] else { throw .malformed }
        for (name, value) in object where !(value is NSNull) {
            guard let value = value as? String else { throw .malformed }
            if !value.isEmpty { values[name] = value }
        }
    }

    subscript(name: String) -> String? { values[name] }

    private static func decoded(_ text: some StringProtocol) -> String? {
        text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
    }
}

extension Int {
    /// No request to this server has reason to be larger, in bytes.
    static let largestBody = 65_536
}
