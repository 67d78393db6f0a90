#if Observability
    public import ApusRuntime
    public import HTTPTypes
    public import Logging
    public import Metrics
    public import Tracing

    /// Spans, metrics and logs of a client's calls, by the names that OpenTelemetry has
    /// for HTTP clients.
    ///
    ///     let observed = client.with(\.observer, Telemetry())
    ///
    /// - A span for each call, called after the operation, and in it one for each
    ///   attempt, called after method and path template. The attempt's context is sent
    ///   along, as the tracer does it: with `traceparent` for W3C Trace Context.
    /// - Metrics: `http.client.request.duration` in seconds for each attempt,
    ///   `apus.client.retries`, `apus.client.retry_budget` for each call, and with
    ///   ``countRenewals(of:)`` `apus.oauth.refreshes`.
    /// - Logs: an attempt with level debug, a retry with info, a call that failed with
    ///   error. Of header fields those that ``loggedFields`` names.
    ///
    /// Values of parameters, queries, bodies and credentials are in none of them: URLs
    /// have the path template in the place of the path.
    public struct Telemetry: CallObserver {
        private let tracer: any Tracer
        private let metrics: any MetricsFactory
        private let logger: Logger

        /// The fields of responses that are logged.
        public let loggedFields: Set<HTTPField.Name>

        /// Creates an observer.
        ///
        /// - Parameters:
        ///   - tracer: Makes the spans; the program's tracer unless set.
        ///   - metrics: Makes the metrics; the program's factory unless set.
        ///   - logger: Where logs go.
        ///   - loggedFields: The fields of responses that are logged.
        public init(
            tracer: any Tracer = InstrumentationSystem.tracer, metrics: any MetricsFactory = MetricsSystem.factory,
            logger: Logger = Logger(label: "apus"), loggedFields: Set<HTTPField.Name> = Telemetry.harmlessFields
        ) {
            self.tracer = tracer
            self.metrics = metrics
            self.logger = logger
            self.loggedFields = loggedFields
        }

        /// Length and type of the body, what the server wants to be waited for, and its
        /// name for the request.
        public static let harmlessFields: Set<HTTPField.Name> = Set(
            ["Content-Length", "Content-Type", "Retry-After", "X-Request-ID", "Request-ID"].compactMap { HTTPField.Name($0) })

        /// Counts the renewals of a client's credentials, until the task is cancelled.
        ///
        ///     let counting = Task { await telemetry.countRenewals(of: client) }
        public func countRenewals(of client: some APIClient) async {
            await withDiscardingTaskGroup { group in
                for (scheme, credential) in client.core.credentials {
                    guard let credential = credential as? any RenewingCredential else { continue }
                    let renewals = credential.renewals
                    let counter = Counter(label: "apus.oauth.refreshes", dimensions: [("scheme", scheme)], factory: metrics)
                    group.addTask { for await _ in renewals { counter.increment() } }
                }
            }
        }

        public func call<Value: Sendable>(
            _ call: ObservedCall, _ work: () async -> (Value, CallObservation)
        ) async -> Value {
            await withSpan(call.operation.operation, .internal, by: tracer) { span in
                span.attributes["apus.operation"] = call.operation.operation
                let (value, observation) = await work()
                span.attributes["apus.attempts"] = observation.attempts
                end(span, observation)
                Gauge(label: "apus.client.retry_budget", dimensions: [("server.address", call.host)], factory: metrics)
                    .record(observation.retryBudget)
                if observation.errorType != nil {
                    logger.error("call failed", metadata: metadata(call, observation))
                }
                return value
            }
        }

        public func attempt<Value: Sendable>(
            _ attempt: ObservedCall, _ work: (HTTPFields) async -> (Value, CallObservation)
        ) async -> Value {
            await withSpan(attempt.name, .client, by: tracer) { span in
                describe(attempt, in: span)
                var fields = HTTPFields()
                tracer.inject(span.context, into: &fields, using: FieldInjector())
                let (value, observation) = await work(fields)
                end(span, observation)
                var dimensions = [("http.request.method", attempt.operation.method.rawValue), ("server.address", attempt.host)]
                if let template = attempt.operation.pathTemplate { dimensions.append(("url.template", template)) }
                if case .status(let status) = observation.outcome { dimensions.append(("http.response.status_code", String(status))) }
                if let type = observation.errorType { dimensions.append(("error.type", type)) }
                Recorder(label: "http.client.request.duration", dimensions: dimensions, factory: metrics)
                    .record(observation.duration / .seconds(1))
                logger.debug("attempt", metadata: metadata(attempt, observation))
                return value
            }
        }

        public func retrying(_ attempt: ObservedCall, after delay: Duration) {
            Counter(
                label: "apus.client.retries", dimensions: [("server.address", attempt.host), ("operation", attempt.operation.operation)],
                factory: metrics
            ).increment()
            logger.info(
                "retry",
                metadata: [
                    "operation": "\(attempt.operation.operation)", "attempt": "\(attempt.operation.attempt)",
                    "delay": "\(delay / .seconds(1))",
                ])
        }

        // MARK: What is said of them

        private func describe(_ attempt: ObservedCall, in span: any Span) {
            span.attributes["http.request.method"] = attempt.operation.method.rawValue
            span.attributes["server.address"] = attempt.host
            span.attributes["server.port"] = attempt.port
            span.attributes["url.scheme"] = attempt.scheme
            if let template = attempt.operation.pathTemplate {
                span.attributes["url.template"] = template
                // The path has values of parameters, which may be secret.
                span.attributes["url.full"] = "\(attempt.scheme)://\(attempt.authority)\(attempt.basePath)\(template)"
            }
            if attempt.operation.attempt > 1 { span.attributes["http.request.resend_count"] = attempt.operation.attempt - 1 }
        }

        private func end(_ span: any Span, _ observation: CallObservation) {
            if case .status(let status) = observation.outcome { span.attributes["http.response.status_code"] = status }
            guard let type = observation.errorType else { return }
            span.attributes["error.type"] = type
            span.setStatus(SpanStatus(code: .error, message: type))
        }

        private func metadata(_ call: ObservedCall, _ observation: CallObservation) -> Logger.Metadata {
            var metadata: Logger.Metadata = [
                "operation": "\(call.operation.operation)", "method": "\(call.operation.method.rawValue)",
                "server": "\(call.authority)", "attempt": "\(call.operation.attempt)",
                "seconds": "\(observation.duration / .seconds(1))",
            ]
            if let template = call.operation.pathTemplate { metadata["template"] = "\(template)" }
            switch observation.outcome {
            case .status(let status): metadata["status"] = "\(status)"
            case .failure(let text): metadata["failure"] = "\(text)"
            }
            for name in loggedFields {
                if let value = observation.headerFields[name] { metadata[name.canonicalName] = "\(value)" }
            }
            return metadata
        }
    }

    /// A span of whichever type the tracer makes.
    private func withSpan<Value>(
        _ name: String, _ kind: SpanKind, by tracer: some Tracer, _ work: (any Span) async -> Value
    ) async -> Value {
        await tracer.withSpan(name, ofKind: kind) { span in await work(span) }
    }

    private struct FieldInjector: Injector {
        func inject(_ value: String, forKey key: String, into carrier: inout HTTPFields) {
            if let name = HTTPField.Name(key) { carrier[name] = value }
        }
    }

    extension ObservedCall {
        /// OpenTelemetry: method and template, or the method alone.
        fileprivate var name: String {
            operation.method.rawValue + (operation.pathTemplate.map { " " + $0 } ?? "")
        }

        fileprivate var host: String {
            let name = authority.hasPrefix("[") ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
            return String(name)
        }

        fileprivate var port: Int {
            let end = authority.hasPrefix("[") ? authority.drop { $0 != "]" }.dropFirst() : authority.drop { $0 != ":" }
            return Int(end.dropFirst()) ?? (scheme == "http" ? 80 : 443)
        }
    }
#endif
