import SyntaxTree
import TextScanning

extension Node {
    /// Follows a JSON pointer (RFC 6901) from this node.
    ///
    /// - Parameter pointer: Empty for this node, or `/components/schemas/a~1b`.
    ///   As it stands in a URI's fragment, so percent-encoded octets are decoded
    ///   (RFC 6901 section 6).
    /// - Returns: `nil` if it leads nowhere.
    public func resolve(pointer: String) -> Node? {
        guard !pointer.isEmpty else { return self }
        guard pointer.hasPrefix("/") else { return nil }
        var node = self
        for step in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let next = node.step(String(step)) else { return nil }
            node = next
        }
        return node
    }

    /// - Parameter token: One token of a pointer, as it stands in a URI's fragment.
    func step(_ token: String) -> Node? {
        switch kind {
        case .mapping:
            // Authors forget to encode, so the text as it stands is tried as well.
            self[JSONPointer.unescaped(PercentEncoding.decoded(token))] ?? self[JSONPointer.unescaped(token)] ?? self[token]
        case .sequence:
            Int(token).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
        default:
            nil
        }
    }
}
