import Foundation

/// What discovery has brought. Not part of an actor, so that an authorization
/// request can be made without waiting.
final class FoundScheme: @unchecked Sendable {
    // Guarded by `lock`.
    private var value: OAuth2Scheme?
    private let lock = NSLock()

    var scheme: OAuth2Scheme? { lock.withLock { value } }
    var isKnown: Bool { scheme != nil }

    func take(_ scheme: OAuth2Scheme) {
        lock.withLock { value = scheme }
    }
}
