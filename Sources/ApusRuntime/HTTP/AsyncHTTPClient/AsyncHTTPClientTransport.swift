#if AsyncHTTPClient
    public import AsyncHTTPClient
    import Foundation
    public import HTTPTypes
    import NIOCore
    import NIOHTTP1

    #if canImport(FoundationNetworking)
        import FoundationNetworking
    #endif

    /// Sends requests with AsyncHTTPClient, over SwiftNIO.
    ///
    /// - Bodies stream in both directions, also on Linux: a slow reader makes
    ///   the server wait, and nothing goes through files.
    /// - Redirects are not followed and no request is sent twice; a client decides on both.
    /// - Variables of the environment, such as `http_proxy`, do not count. A
    ///   proxy, certificates and authorities of one's own are set in the configuration.
    /// - Path and query are sent byte for byte.
    /// - `Content-Length`, `Transfer-Encoding` and `Host` in a request are
    ///   ignored: they are derived from the body and the authority.
    /// - Trailer fields of a response are read and dropped.
    ///
    /// Network faults are thrown as `URLError`, requests that cannot be sent as
    /// ``AsyncHTTPClientTransportError``.
    public final class AsyncHTTPClientTransport: Transport {
        /// How long a request may take.
        public struct Timeouts: Sendable, Hashable {
            /// The longest time to make a connection.
            public var connect: Duration

            /// The longest time without a byte received while one is expected.
            /// Between the values of an event stream there is no limit.
            public var idle: Duration

            /// Creates timeouts.
            public init(connect: Duration = .seconds(10), idle: Duration = .seconds(60)) {
                self.connect = connect
                self.idle = idle
            }
        }

        private let clients: Clients
        /// For hosts with a configuration of their own.
        private let hosts: [String: Clients]
        private let idle: Duration

        private static let shared = Clients(HTTPClient.Configuration(), Timeouts(), maximumDecompressedBytes: 1 << 30)

        /// A transport with default settings. All such transports share their connections.
        public init() {
            clients = Self.shared
            hosts = [:]
            idle = Timeouts().idle
        }

        /// A transport with connections of its own, which are closed when the
        /// transport and all its responses are gone.
        ///
        /// - Parameters:
        ///   - configuration: TLS with client certificates and authorities of
        ///     one's own, a proxy, the pool of connections, HTTP/2. Redirects, timeouts,
        ///     decompression and tracing in it are not used.
        ///   - hosts: Configurations for some hosts in place of the first one, by the
        ///     host's name in lower case: a client certificate that nobody else gets to
        ///     see, or the only authority that this host's certificate may come from.
        ///   - maximumDecompressedBytes: The most bytes that a compressed response may come to.
        public init(
            configuration: HTTPClient.Configuration, hosts: [String: HTTPClient.Configuration] = [:],
            timeouts: Timeouts = Timeouts(), maximumDecompressedBytes: Int = 1 << 30
        ) {
            clients = Clients(configuration, timeouts, maximumDecompressedBytes: maximumDecompressedBytes)
            self.hosts = Dictionary(
                hosts.map { ($0.lowercased(), Clients($1, timeouts, maximumDecompressedBytes: maximumDecompressedBytes)) },
                uniquingKeysWith: { first, _ in first })
            idle = timeouts.idle
        }

        public func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
            try await send(request, body, isPatient: false)
        }

        public func send(
            _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
        ) async throws -> (HTTPResponse, HTTPBody) {
            guard context.isEventStream else { return try await send(request, body, isPatient: false) }
            // The head is waited for no longer than that of another response.
            return try await withThrowingTaskGroup { group in
                group.addTask { try await self.send(request, body, isPatient: true) }
                group.addTask { [idle] in
                    try await Task.sleep(for: idle)
                    throw URLError(.timedOut)
                }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw CancellationError() }
                return first
            }
        }

        private func send(
            _ request: HTTPRequest, _ body: HTTPBody?, isPatient: Bool
        ) async throws -> (HTTPResponse, HTTPBody) {
            let clients = clients(for: request.authority)
            let outgoing = try ClientRequest(request, body)
            let incoming: HTTPClientResponse
            do {
                try Task.checkCancellation()
                incoming = try await (isPatient ? clients.patient : clients.idling).execute(outgoing.request, deadline: .distantFuture)
            } catch {
                throw ClientFault.error(error)
            }
            let response = HTTPResponse(incoming)
            let hasNone = request.method == .head || [204, 304].contains(response.status.code)
            if hasNone { return (response, .empty) }
            let chunks = ResponseChunks(body: incoming.body, clients: clients)
            return (response, HTTPBody(chunks, length: response.bodyLength))
        }
    }

    extension AsyncHTTPClientTransport {
        private func clients(for authority: String?) -> Clients {
            guard !hosts.isEmpty, let host = authority.flatMap(Authority.init)?.host else { return clients }
            return hosts[host.lowercased()] ?? clients
        }
    }

    /// Two clients, as AsyncHTTPClient has one idle limit for all requests of
    /// a client. Both are shut down when nothing needs them any more.
    final class Clients: Sendable {
        let idling: HTTPClient
        let patient: HTTPClient

        init(
            _ configuration: HTTPClient.Configuration, _ timeouts: AsyncHTTPClientTransport.Timeouts,
            maximumDecompressedBytes: Int
        ) {
            var configuration = configuration
            configuration.redirectConfiguration = .disallow
            configuration.decompression = .enabled(limit: .size(maximumDecompressedBytes))
            configuration.connectionPool.retryConnectionEstablishment = false
            configuration.tracing.tracer = nil
            configuration.timeout = HTTPClient.Configuration.Timeout(
                connect: TimeAmount(timeouts.connect), read: TimeAmount(timeouts.idle))
            idling = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            configuration.timeout.read = nil
            patient = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        }

        deinit {
            for client in [idling, patient] {
                // It holds the client until it has shut down.
                client.shutdown { _ in _ = client }
            }
        }
    }

    /// The body of a response as it arrives.
    private struct ResponseChunks: AsyncSequence, Sendable {
        let body: HTTPClientResponse.Body
        let clients: Clients

        struct AsyncIterator: AsyncIteratorProtocol {
            var buffers: HTTPClientResponse.Body.AsyncIterator
            let clients: Clients

            mutating func next() async throws -> [UInt8]? {
                do {
                    try Task.checkCancellation()
                    return try await buffers.next().map { [UInt8](buffer: $0) }
                } catch {
                    throw ClientFault.error(error)
                }
            }
        }

        func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(buffers: body.makeAsyncIterator(), clients: clients)
        }
    }

    extension HTTPResponse {
        init(_ response: HTTPClientResponse) {
            var fields = HTTPFields()
            for (name, value) in response.headers {
                guard let name = HTTPField.Name(name) else { continue }
                fields.append(HTTPField(name: name, value: value))
            }
            self.init(status: Status(code: Int(response.status.code)), headerFields: fields)
        }
    }
#endif
