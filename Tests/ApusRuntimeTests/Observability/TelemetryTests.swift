#if Observability
    import ApusOAuth
    import ApusObservability
    import Foundation
    import HTTPTypes
    import InMemoryLogging
    import InMemoryTracing
    import Logging
    import Metrics
    import MetricsTestKit
    import Testing
    import Tracing

    @testable import ApusRuntime

    #if canImport(FoundationNetworking)
        import FoundationNetworking
    #endif

    @Suite("Spans, metrics and logs of calls")
    struct TelemetryTests {
        private let tracer = InMemoryTracer()
        private let metrics = TestMetrics()
        private let logs = InMemoryLogHandler()

        private func telemetry(fields: Set<HTTPField.Name> = Telemetry.harmlessFields) -> Telemetry {
            var logger = Logger(label: "test") { [logs] _ in logs }
            logger.logLevel = .trace
            return Telemetry(tracer: tracer, metrics: metrics, logger: logger, loggedFields: fields)
        }

        private func client(_ transport: any Transport, credentials: [String: any Credential] = [:]) -> ShopAPI.Client {
            var options = CallOptions()
            options.observer = telemetry()
            options.retries.baseDelay = .milliseconds(1)
            return ShopAPI.Client(
                credentials: credentials, security: credentials.isEmpty ? [] : [["oauth2": []]], transport: transport, options: options)
        }

        @Test("A call is a span, and each attempt is one in it")
        func spans() async throws {
            let transport = RecordingTransport(.empty(503), .json(#"{"id":1}"#))
            _ = try await client(transport).getUser(id: 1)
            let spans = tracer.finishedSpans
            #expect(spans.map(\.operationName) == ["GET /api/v1/users/{id}", "GET /api/v1/users/{id}", "getUser"])
            #expect(spans.map(\.kind) == [.client, .client, .internal])
            let call = try #require(spans.last)
            #expect(spans.dropLast().allSatisfy { $0.parentSpanID == call.spanID && $0.traceID == call.traceID })
            #expect(call.attributes.get("apus.attempts") == .int64(2) || call.attributes.get("apus.attempts") == .int32(2))
            let first = spans[0].attributes
            #expect(first.get("http.request.method") == "GET")
            #expect(first.get("server.address") == "api.example.com")
            #expect(first.get("url.template") == "/api/v1/users/{id}")
            #expect(first.get("url.full") == "https://api.example.com/v1/api/v1/users/{id}")
            #expect(first.get("error.type") == "503")
            #expect(first.get("http.request.resend_count") == nil)
            #expect(spans[1].attributes.get("http.request.resend_count") != nil)
            #expect(spans[1].attributes.get("error.type") == nil)
            // The server sees the attempt's span.
            let sent = transport.exchanges.map { $0.header(InMemoryTracer.traceIDKey) }
            #expect(sent == [call.traceID, call.traceID])
            #expect(transport.exchanges.map { $0.header(InMemoryTracer.spanIDKey) } == spans.dropLast().map(\.spanID))
        }

        @Test("Duration, retries and budget are measured")
        func measures() async throws {
            _ = try await client(RecordingTransport(.empty(503), .json(#"{"id":1}"#))).getUser(id: 1)
            let durations = metrics.recorders.filter { $0.label == "http.client.request.duration" }
            #expect(durations.count == 2)
            #expect(durations.allSatisfy { $0.dimensions.contains { $0 == ("url.template", "/api/v1/users/{id}") } })
            #expect(durations.flatMap(\.values).allSatisfy { 0..<10 ~= $0 })
            let retries = metrics.counters.filter { $0.label == "apus.client.retries" }
            #expect(retries.flatMap(\.values) == [1])
            let budget = metrics.recorders.first { $0.label == "apus.client.retry_budget" }
            #expect(budget?.values == [487], "500 - 14 + 1")
        }

        @Test("Logs by level")
        func levels() async throws {
            _ = try? await client(RecordingTransport(.empty(503))).getUser(id: 1)
            #expect(logs.entries.map(\.level) == [.debug, .info, .debug, .info, .debug, .error])
            #expect(logs.entries.last?.metadata["status"] == "503")
        }

        @Test("Renewals of tokens are counted")
        func renewals() async throws {
            let tokens = RecordingTransport { _, index in .json(#"{"access_token":"A\#(index)","refresh_token":"R","token_type":"bearer","expires_in":3600}"#) }
            let session = OAuth2Session(
                scheme: OAuth2Scheme(name: "oauth2", tokenURL: "/token"), client: OAuth2Client(id: "me"),
                context: CredentialContext(serverURL: "https://api.example.com", transport: tokens))
            let client = client(tokens, credentials: ["oauth2": session])
            let counting = Task { await telemetry().countRenewals(of: client) }
            while metrics.counters.isEmpty { await Task.yield() }
            try await session.signIn(username: "mia", password: "secret")
            try await session.refreshToken()
            while metrics.counters.first?.values.isEmpty != false { await Task.yield() }
            #expect(metrics.counters.map(\.label) == ["apus.oauth.refreshes"])
            counting.cancel()
            await counting.value
        }

        @Test("No secret gets into a span, a metric or a log")
        func secrets() async throws {
            let mark = "SECRET7f3a"
            let transport = RecordingTransport { exchange, index in
                if exchange.url.hasSuffix("/token") {
                    return .json(#"{"access_token":"\#(mark)-access","refresh_token":"\#(mark)-refresh","token_type":"bearer","expires_in":3600}"#)
                }
                let fields: HTTPFields = [
                    .contentType: "application/json", .setCookie: "session=\(mark)", .location: "/\(mark)",
                    HTTPField.Name("X-Secret")!: mark, .wwwAuthenticate: "Bearer realm=\"\(mark)\"",
                ]
                switch index % 3 {
                case 0: return .init(status: 503, body: HTTPBody(#"{"message":"\#(mark)"}"#), headerFields: fields)
                case 1: return .init(status: 200, body: HTTPBody(#"{"id":"\#(mark)"}"#), headerFields: fields)
                default: throw URLError(.cannotConnectToHost, userInfo: [NSLocalizedDescriptionKey: "https://\(mark)"])
                }
            }
            let session = OAuth2Session(
                scheme: OAuth2Scheme(name: "oauth2", tokenURL: "/token"), client: OAuth2Client(id: "me", secret: Secret("\(mark)-client")),
                context: CredentialContext(serverURL: "https://api.example.com", transport: transport))
            try await session.signIn(username: "\(mark)-user", password: Secret("\(mark)-password"))
            let client = client(transport, credentials: ["oauth2": session]).with {
                $0.headerFields[HTTPField.Name("X-Mine")!] = mark
                $0.query = [(mark, mark)]
                $0.idempotencyKeyHeader = HTTPField.Name("Idempotency-Key")
                $0.idempotencyKey = mark
            }
            for _ in 0..<4 {
                _ = try? await client.getUser(id: 1)
                try? await client.delete(id: mark)
                _ = try? await client.createUser(.init(id: 1, name: mark))
                _ = try? await client.send(.get, "/\(mark)", query: [(mark, mark)], headerFields: [.authorization: mark])
            }
            #expect(logs.entries.count > 20)
            for entry in logs.entries { #expect(!"\(entry.message) \(entry.metadata)".contains(mark)) }
            #expect(tracer.finishedSpans.count > 20)
            for span in tracer.finishedSpans {
                var text = "\(span.operationName) \(String(describing: span.status)) \(span.events) \(span.errors)"
                span.attributes.forEach { text += " \($0)=\($1)" }
                #expect(!text.contains(mark))
            }
            #expect(!metrics.recorders.isEmpty)
            for metric in metrics.recorders.map(\.dimensions) + metrics.counters.map(\.dimensions) {
                #expect(!"\(metric)".contains(mark))
            }
        }
    }
#endif
