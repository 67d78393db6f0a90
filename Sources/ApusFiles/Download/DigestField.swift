import Foundation
import HTTPTypes

/// A digest that a server sent (RFC 9530).
struct DigestField: Hashable {
    /// Those that are safe to use; the registry's others say nothing about what an attacker did.
    enum Algorithm: String, CaseIterable {
        case sha256 = "sha-256"
        case sha512 = "sha-512"
    }

    var algorithm: Algorithm
    var value: Data

    /// The digests in a field: a dictionary of byte sequences (RFC 9651 sections 3.2 and 3.3.5).
    static func values(of name: String, in fields: HTTPFields) -> [DigestField] {
        guard let text = HTTPField.Name(name).flatMap({ fields[$0] }) else { return [] }
        return text.split(separator: ",").compactMap { entry in
            let parts = entry.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, let algorithm = Algorithm(rawValue: parts[0]), parts[1].hasPrefix(":") else { return nil }
            let encoded = parts[1].dropFirst().prefix { $0 != ":" }
            return Data(base64Encoded: String(encoded)).map { DigestField(algorithm: algorithm, value: $0) }
        }
    }
}
