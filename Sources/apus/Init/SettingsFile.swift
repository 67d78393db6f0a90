/// `apus.yaml` with every setting explained.
enum SettingsFile {
    /// - Parameter accessLevel: The one setting that is made.
    static func text(accessLevel: String) -> String {
        """
        # The enum that contains everything; by default named after the API's title.
        # namespace: PetstoreAPI

        # public, package or internal.
        accessLevel: \(accessLevel)

        # Methods in groups by their first tag, client.users.get(id: 1), in
        # place of client.getUser(id: 1).
        # groupByTag: true

        # What tests of your code need, in debug builds alone: Documentation/Testing.md. The
        # target depends on ApusTesting then.
        # tests: true

        # Which values are checked against bounds, lengths and patterns: sent, received, all or none.
        # validation: sent

        # Protocols of Swift's library that models conform to.
        # conformances: [Hashable, Identifiable]

        # How clients read what is not as described: strict, or tolerant (see ClientCore.reading).
        # reading: tolerant

        # How calls are made where the program does not say otherwise.
        # runtime:
        #   deadline: 30s           # the longest time for a call, with all attempts
        #   attemptTimeout: 10s
        #   retries: 2              # 0 for none
        #   longestRetryAfter: 60s
        #   idempotencyKeyHeader: Idempotency-Key
        #   userAgent: Inventory/2.1
        #   headerFields: {X-Tenant: blue}
        #   credentialOrigins: [https://uploads.example.com]
        #   idempotent: [POST /search, rebuildIndex] # operations that can be repeated
        #   extensions: [x-audit]   # members of operations that middleware is told of

        # What becomes of members that models do not know: drop, or keep, to be sent back.
        # unknownMembers: keep

        # Path parameters whose value may be empty, by the operation and the parameter's name.
        # emptyPathParameters: [getState.stateKey]

        # OpenAPI overlays that correct the description, relative to this file.
        # overlays: [fixes.overlay.yaml]

        # The part of the API that is wanted; everything that it needs comes with it.
        # include:
        #   tags: [users]
        #   operations: [getUser, GET /status]
        #   paths: [/repos/*/issues, /orgs/**]
        #   schemas: [Webhook]

        # The part that is not wanted.
        # exclude:
        #   tags: [internal]

        # Swift names in place of those that the description's names give.
        # rename:
        #   schemas: {usr_record: User}
        #   operations: {usersGetById: getUser, GET /status: status}
        #   properties: {usr_record.usr_nm: name}
        #   tags: {user-management: users}

        # Types in place of those that schemas give, by their format or their name.
        # A type of your own conforms to JSONCoding or JSONCodable.
        # types:
        #   formats: {uri: URL, string/int64: StringInt64}
        #   schemas: {Money: Money}
        #   imports: [MyTypes]

        # Which operations page. Without it, those are found that their structure or an
        # extension tells; apus check lists them, and those of which it is not clear.
        # pagination:
        #   inference: wide
        #   conventions: [{style: cursor, cursor: after, next: meta.next, items: data}]
        #   operations: {listPets: {style: offset, offset: offset, items: pets, total: total}}
        #   exclude: [listEvents]

        # What x-apus-oauth would say of an authorization server, by the name of the
        # security scheme, where the description may not be edited.
        # oauth:
        #   login: {clientAuthentication: basic, revocationUrl: /oauth/revoke}

        # How serious a diagnostic is, by its code: off, note, warning or error.
        # diagnostics: {duplicate-key: off, unresolved-reference: error}

        """
    }
}
