/// Alternatives of security schemes, each with the scopes it needs (OpenAPI
/// Security Requirement Object). An alternative without schemes means that no
/// authorisation is needed.
public struct SecurityRequirements: Sendable, Hashable, ExpressibleByArrayLiteral {
    let alternatives: [[String: [String]]]

    public init(arrayLiteral elements: [String: [String]]...) {
        alternatives = elements
    }

    /// A scheme of the chosen alternative.
    struct Use: Sendable {
        let scheme: String
        let scopes: [String]
        let credential: any Credential
    }

    /// The credentials of the first alternative for which there are all.
    ///
    /// - Returns: `nil` if there is no such alternative. A client without any
    ///   credential sends its requests bare, and leaves it to the server.
    func choose(from credentials: [String: any Credential]) -> [Use]? {
        if alternatives.isEmpty || credentials.isEmpty { return [] }
        for alternative in alternatives {
            var uses: [Use] = []
            for (scheme, scopes) in alternative {
                guard let credential = credentials[scheme] else { break }
                uses.append(Use(scheme: scheme, scopes: scopes, credential: credential))
            }
            if uses.count == alternative.count {
                return uses.count > 1 ? uses.sorted { $0.scheme < $1.scheme } : uses
            }
        }
        return nil
    }

    /// The schemes that would do.
    var schemes: [String] {
        Set(alternatives.flatMap(\.keys)).sorted()
    }
}
