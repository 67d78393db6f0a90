#if AsyncHTTPClient
    import AsyncHTTPClient
    import Foundation
    import NIOCore
    import NIOHTTP1
    import NIOHTTP2
    import NIOHTTPCompression
    import NIOPosix
    import NIOSSL

    #if canImport(FoundationNetworking)
        import FoundationNetworking
    #endif

    /// What AsyncHTTPClient and SwiftNIO report, in the terms of all transports.
    enum ClientFault {
        static func error(_ error: any Error) -> any Error {
            switch error {
            case let error as HTTPClientError: self.error(error)
            case let error as NIOConnectionError: URLError(code(of: error))
            // The connection ended in the middle of a response.
            case HTTPParserError.invalidEOFState: URLError(.networkConnectionLost)
            case is HTTPParserError: URLError(.badServerResponse)
            case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: URLError(.secureConnectionFailed)
            case is NIOHTTPDecompression.DecompressionError: URLError(.dataLengthExceedsMaximum)
            case let error as IOError: URLError(error.errnoCode == ECONNREFUSED ? .cannotConnectToHost : .networkConnectionLost)
            case let error as ChannelError:
                switch error {
                case .connectTimeout: URLError(.cannotConnectToHost)
                default: URLError(.networkConnectionLost)
                }
            // RFC 9113 section 8.7: nothing of the request has been processed.
            case let error as NIOHTTP2Errors.StreamClosed where error.errorCode == .refusedStream: AsyncHTTPClientTransportError.refused
            case is any NIOHTTP2Error: URLError(.networkConnectionLost)
            // Among others what the source of a body throws.
            default: error
            }
        }

        private static func error(_ error: HTTPClientError) -> any Error {
            switch error {
            case .cancelled: CancellationError()
            case .connectTimeout, .tlsHandshakeTimeout, .socksHandshakeTimeout, .httpProxyHandshakeTimeout,
                .getConnectionFromPoolTimeout:
                // Not a byte of the request has been sent.
                URLError(.cannotConnectToHost)
            case .readTimeout, .writeTimeout, .deadlineExceeded: URLError(.timedOut)
            case .remoteConnectionClosed, .uncleanShutdown, .requestStreamCancelled: URLError(.networkConnectionLost)
            case .bodyLengthMismatch: AsyncHTTPClientTransportError.wrongBodyLength
            case .invalidURL, .emptyHost: AsyncHTTPClientTransportError.invalidTarget
            default: error.isOfField ? AsyncHTTPClientTransportError.invalidField : URLError(.unknown)
            }
        }

        private static func code(of error: NIOConnectionError) -> URLError.Code {
            error.dnsAError != nil && error.connectionErrors.isEmpty ? .cannotFindHost : .cannotConnectToHost
        }
    }

    extension HTTPClientError {
        /// Whether it is about the name or the value of a field, which it holds.
        fileprivate var isOfField: Bool {
            description.contains("invalidHeaderField")
        }
    }

    extension TimeAmount {
        /// From 1 millisecond to about 31 years.
        init(_ duration: Duration) {
            let (seconds, attoseconds) = duration.components
            guard seconds >= 0, attoseconds >= 0 else {
                self = .milliseconds(1)
                return
            }
            guard seconds < 1_000_000_000 else {
                self = .seconds(1_000_000_000)
                return
            }
            self = .nanoseconds(max(1_000_000, seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
        }
    }
#endif
