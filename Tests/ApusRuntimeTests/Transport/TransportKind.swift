import ApusRuntime
import Foundation

#if AsyncHTTPClient
    import ApusAsyncHTTPClient
    import AsyncHTTPClient
#endif

/// The transports that keep to one contract.
enum TransportKind: CaseIterable, Sendable {
    case urlSession
    #if AsyncHTTPClient
        case asyncHTTPClient
    #endif

    /// A transport with connections of its own.
    func make(idle: Duration = .seconds(60)) -> any Transport {
        switch self {
        case .urlSession: URLSessionTransport(configuration: .ephemeral, timeouts: .init(idle: idle))
        #if AsyncHTTPClient
            case .asyncHTTPClient:
                AsyncHTTPClientTransport(configuration: HTTPClient.Configuration(), timeouts: .init(connect: .seconds(300), idle: idle))
        #endif
        }
    }
}
