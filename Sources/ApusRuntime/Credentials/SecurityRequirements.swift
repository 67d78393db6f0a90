/// What an operation may be authorized with (OpenAPI Security Requirement
/// Object): alternatives, each a set of security schemes that are needed
/// together.
///
///     [["apiKey": []], ["oauth2": ["read"], "basic": []], [:]]
///
/// The first alternative is used for all of whose schemes the client has a
/// credential. `[:]` stands for no authorization. Wherever it is listed it
/// comes last, so that a credential that could be used is. `[]` means that
/// the operation needs none.
public struct SecurityRequirements: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// Schemes that are needed together, with the scopes each needs.
    public struct Alternative: Sendable, Hashable, ExpressibleByDictionaryLiteral {
        struct Use: Sendable, Hashable {
            let scheme: String
            let scopes: [String]
        }

        let uses: [Use]

        public init(dictionaryLiteral elements: (String, [String])...) {
            uses = elements.map { Use(scheme: $0, scopes: $1) }
        }
    }

    let alternatives: [Alternative]

    public init(arrayLiteral alternatives: Alternative...) {
        self.alternatives = alternatives
    }

    /// The first alternative for which there are credentials; `[]` if the
    /// request goes without.
    ///
    /// - Throws: ``AuthorizationError/missingCredential(schemes:)``. A client
    ///   without any credential sends the request as it is: the server may
    ///   allow it, and its answer says more than we know.
    func credentials(
        in configured: [String: any Credential]
    ) throws(AuthorizationError) -> [(credential: any Credential, scopes: [String])] {
        if alternatives.isEmpty || configured.isEmpty { return [] }
        search: for alternative in alternatives where !alternative.uses.isEmpty {
            var found: [(credential: any Credential, scopes: [String])] = []
            for use in alternative.uses {
                guard let credential = configured[use.scheme] else { continue search }
                found.append((credential, use.scopes))
            }
            return found
        }
        if alternatives.contains(where: \.uses.isEmpty) { return [] }
        var schemes: [String] = []
        for scheme in alternatives.flatMap(\.uses).map(\.scheme) where !schemes.contains(scheme) {
            schemes.append(scheme)
        }
        throw .missingCredential(schemes: schemes)
    }
}
