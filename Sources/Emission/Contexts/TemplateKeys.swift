import Templating

/// Every key that a template may use, with its name.
enum Key: UInt16, CaseIterable, Sendable {
    // Files
    case toolVersion, source, imports, usesOAuth, usesFoundation, namespace, access
    // Declarations
    case documentation, isDeprecated, name, type, `protocol`, cases, literal, properties, separator, isIndirect
    case storage, localName, read, write, initialValue, isJSON, isMultipart
    case constraints, checksSent, checksReceived
    // Constraints
    case arguments, value, hasMembers, members
    // Unions
    case choices, hasKinds, kind, isOne, caseName, discriminator, key, values, isFirst, hasProperties, isBestMatch
    case otherwiseOne, otherwiseSeveral, hasOtherwise, matches, number, literals
    // Operations
    case parameters, label, failureType, returnType, isDiscardable, isMutable, isOptional
    case method, path, identifier, accept, server, idempotencyKeyHeader, checks, statements, call, style, explode, allowReserved, allowsEmpty
    case body, bodyName, hasBodyCases, bodyCases, contentType, mediaType, hasStyles, styles, joint, hasHeaders, headers
    case success, failure, format, hasArguments, hasStatuses, hasEmptyStatuses, emptyStatuses, nilAsNull, statuses, status, hasCases, outcomes
    case hasSecurity, security, uses, template, hasTags, tags, idempotent, hasExtensions, extensions
    // Pages
    case pages, range, client, itemType, steps, isNullable, hasDefault, argument, parameter, next, first, hasMore, isLast, total, totalPages
    // The client
    case groups, oauthSchemes, typeName, hasSchemes, defaultServer, enumerations, hasOAuth, readsTolerantly, servers, isInitializer, isFunction
    case product, deadline, attemptTimeout, maximumRetries, longestRetryAfter, userAgent, headerFields, hasOrigins, origins
    case isProperty, url, schemes, isBasic, isBearer, isAPIKey, isCustom, isOAuth, place, parameterName
    case hasScopes, scopes, scopeList, hasPassword, hasAuthorizationCode, hasClientCredentials, hasDeviceAuthorization
    case isDiscovered, hasPushedRequest, hasImplicit, hasRedirect, isMutualTLS
    case hasUserInfo, hasEndOfSession, hasPublishedKeys
    case hasClientKey, hasClientSecret, isClientSecretNeeded, isTokenEnough
    // What the API sends by itself
    case usesWebhooks, webhooks, hasWebhooks, hasRequired, required
    // Names of the runtime, in front of which the module stands where the
    // description has a type of the same name.
    case APIClient, APIError, ErrorResponses, APIKey, AuthorizationParameters, AuthorizationRequest, BasicCredential, BearerToken, ClientCore, Credential
    case CredentialContext, DeviceAuthorization, LoopbackReceiver, SystemBrowser, Indirect, JSONConstraints, JSONValue, Middleware
    case MultipartWriter, OAuth2Client, OAuth2Error, OAuth2Registration, OAuth2Scheme, OAuth2Scope, OAuth2Session, OAuth2Token
    case ObjectReader, ObjectWriter, OpenEnum, PagedItems, PageRange, Request, Response, ResponseHeaders, Secret, SignatureAlgorithm, SigningKey, StandardTransport, TokenStore, Transport, TransportCredential
    case ValueReader, ValueWriter, WebhookEvents, WebhookKind
    case Bool, Duration, Hashable, Sendable, String, UInt16

    /// The module of a name that is the runtime's.
    var module: String? {
        switch self {
        case .AuthorizationParameters, .AuthorizationRequest, .DeviceAuthorization, .LoopbackReceiver, .SystemBrowser, .OAuth2Token, .OAuth2Client, .OAuth2Error, .OAuth2Registration, .OAuth2Scheme, .OAuth2Scope,
            .OAuth2Session, .SignatureAlgorithm, .SigningKey, .TokenStore:
            "ApusOAuth"
        case .WebhookEvents, .WebhookKind: "ApusWebhooks"
        case .Bool, .Duration, .Hashable, .Sendable, .String, .UInt16: "Swift"
        default: Self.names[Int(rawValue)].first?.isUppercase == true ? "ApusRuntime" : nil
        }
    }

    /// What templates call each.
    static let names = allCases.map { "\($0)" }

    /// The keys by what templates call them.
    static let byName = Dictionary(uniqueKeysWithValues: zip(names, allCases.map { TemplateKey(number: $0.rawValue) }))
}

extension TemplateContext {
    mutating func set(_ key: Key, _ text: String) {
        set(TemplateKey(number: key.rawValue), .text(text))
    }

    mutating func set(_ key: Key, _ flag: Bool) {
        set(TemplateKey(number: key.rawValue), .flag(flag))
    }

    mutating func set(_ key: Key, _ texts: [String]) {
        set(TemplateKey(number: key.rawValue), .texts(texts))
    }

    mutating func set(_ key: Key, _ list: [TemplateContext]) {
        set(TemplateKey(number: key.rawValue), .list(list))
    }

    /// Sets a context, or that there is none.
    mutating func set(_ key: Key, _ context: TemplateContext?) {
        set(key, context.map { [$0] } ?? [])
    }
}
