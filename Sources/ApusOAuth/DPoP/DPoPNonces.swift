import Foundation
import HTTPTypes

/// The nonces that servers want to see in proofs (RFC 9449 sections 8 and 9),
/// one for each origin.
final class DPoPNonces: @unchecked Sendable {
    // Guarded by `lock`; not part of the session's actor, so that a response
    // is not held up by a refresh.
    private var nonces: [String: String] = [:]
    private let lock = NSLock()

    /// A server has no reason for a longer one.
    private static let maximumLength = 1024

    func nonce(for origin: String) -> String? {
        lock.withLock { nonces[origin] }
    }

    /// Takes the nonce of a response, which may be any response.
    ///
    /// - Returns: Whether there was one that is not known already.
    @discardableResult
    func take(from response: HTTPResponse, for origin: String) -> Bool {
        guard let nonce = response.headerFields[.dpopNonce], Self.isNonce(nonce) else { return false }
        return lock.withLock { nonces.updateValue(nonce, forKey: origin) != nonce }
    }

    /// Section 8.1: `1*NQCHAR` of RFC 6749 appendix A.
    private static func isNonce(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= maximumLength
            && text.utf8.allSatisfy { $0 == 0x21 || (0x23...0x5B).contains($0) || (0x5D...0x7E).contains($0) }
    }
}
