/// Every key that a template may use.
public enum TemplateKey: String, CaseIterable, Sendable {
    // Files
    case toolVersion, source, imports, usesOAuth, usesFoundation, namespace, access
    // Declarations
    case documentation, isDeprecated, name, type, `protocol`, cases, literal, properties, separator, isIndirect
    case storage, localName, read, write, initialValue, comma, isJSON, isMultipart
    case caseLine, hasCaseLines, caseLines
    case parameterLine, hasParameterLines, hasConstraints, constraints, checksSent, checksReceived
    // Unions
    case choices, hasKinds, kind, isOne, caseName, discriminator, key, values, isFirst, hasProperties, isBestMatch
    case otherwiseOne, otherwiseSeveral, hasOtherwise, types, matches, number
    // Operations
    case parameters, label, enumerations, server, failureType, returnType, isDiscardable, isMutable, request, statements, sending, bodyName, hasBodyCases, bodyCases, isOptional
    // The client
    case groups, oauthSchemes, typeName, hasSchemes, defaultServer, hasOAuth, readsTolerantly, options, product, security, servers, isInitializer, isFunction
    case isProperty, url, schemes, isBasic, isBearer, isAPIKey, isCustom, isOAuth, place, parameterName
    case hasScopes, scopes, scopeList, hasPassword, hasAuthorizationCode, hasClientCredentials, hasDeviceAuthorization
    case isDiscovered, hasPushedRequest, hasImplicit, hasRedirect, isMutualTLS
    case hasUserInfo, hasEndOfSession, hasPublishedKeys
    case hasClientKey, hasClientSecret, isClientSecretNeeded, isTokenEnough
    // Names of the runtime, in front of which the module stands where the
    // description has a type of the same name.
    case APIClient, APIError, APIKey, AuthorizationParameters, AuthorizationRequest, BasicCredential, BearerToken, ClientCore, Credential
    case CredentialContext, DeviceAuthorization, LoopbackReceiver, SystemBrowser, Indirect, JSONConstraints, JSONValue, Middleware
    case MultipartWriter, OAuth2Client, OAuth2Error, OAuth2Registration, OAuth2Scheme, OAuth2Scope, OAuth2Session, OAuth2Token
    case ObjectReader, ObjectWriter, OpenEnum, Request, Response, ResponseHeaders, Secret, SignatureAlgorithm, SigningKey, StandardTransport, TokenStore, Transport, TransportCredential
    case ValueReader, ValueWriter
    case Bool, Duration, Hashable, Sendable, String, UInt16

    /// The module of a name that is the runtime's.
    public var module: String? {
        switch self {
        case .AuthorizationParameters, .AuthorizationRequest, .DeviceAuthorization, .LoopbackReceiver, .SystemBrowser, .OAuth2Token, .OAuth2Client, .OAuth2Error, .OAuth2Registration, .OAuth2Scheme, .OAuth2Scope,
            .OAuth2Session, .SignatureAlgorithm, .SigningKey, .TokenStore:
            "ApusOAuth"
        case .Bool, .Duration, .Hashable, .Sendable, .String, .UInt16: "Swift"
        default:
            rawValue.first?.isUppercase == true ? "ApusRuntime" : nil
        }
    }

    /// These names, each with its module.
    public static let runtimeNames: [(key: TemplateKey, name: String, module: String)] = allCases.compactMap { key in
        key.module.map { (key, key.rawValue, $0) }
    }
}
