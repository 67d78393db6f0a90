import ApusFiles
import ApusRuntime
import Foundation
import HTTPTypes

#if AsyncHTTPClient
    import ApusAsyncHTTPClient
    import NIOSSL
#endif
#if Observability
    import ApusObservability
    import Logging
#endif

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The examples of the documentation, so that they compile and run. Each stands
/// between its name and `end`, as the page has it.
enum DocumentationExamples {
    static func deadlines(_ client: ShopAPI.Client) async throws {
        // deadlines
        let quick = client.with(\.deadline, .seconds(5))
        _ = try await quick.getUser(id: 1)

        try await client.with(\.retries, .never).delete(id: "1")

        let patient = client.with {
            $0.retries.maximumRetries = 5
            $0.attemptTimeout = .seconds(20)
        }
        _ = try await patient.getUser(id: 1)
        // end
    }

    static func keys(_ client: ShopAPI.Client, _ user: ShopAPI.User) async throws {
        // keys
        let keyed = client.with(\.idempotencyKeyHeader, HTTPField.Name("Idempotency-Key"))
        do {
            _ = try await keyed.createUser(user)
        } catch APIError.transport(let failure) {
            // Later, perhaps after a restart: done once, however often it was sent.
            _ = try await keyed.with(\.idempotencyKey, failure.idempotencyKey).createUser(user)
        }
        // end
    }

    static func options(_ client: ShopAPI.Client) async throws {
        // options
        let tenant = client.with {
            $0.headerFields[HTTPField.Name("X-Tenant")!] = "blue"
            $0.query = [("trace", "on")]
            $0.userAgent = "Inventory/2.1"
        }
        _ = try await tenant.getUser(id: 1)
        _ = try await client.with(\.serverURL, "https://eu.example.com/v1").getUser(id: 1)
        // end
    }

    static func metadata(_ client: ShopAPI.Client) async throws {
        // metadata
        let (user, response) = try await client.withResponse { try await $0.getUser(id: 1) }
        print(user.id, response.status.code, response.headerFields[.eTag] ?? "")
        print(response.requestID ?? "", response.attempts.count, response.duration ?? .zero, response.url ?? "")
        // end
    }

    static func send(_ client: ShopAPI.Client) async throws {
        // send
        let answer = try await client.send(.post, "/reports/\(7)/rebuild", body: HTTPBody("{}"), idempotent: true)
        if answer.status.code == 202 { print(String(decoding: answer.body, as: UTF8.self)) }
        // end
    }

    static func layers(_ client: ShopAPI.Client) async throws {
        // layers
        var client = client
        client.core.options.deadline = .seconds(20)
        _ = try await client.with(\.deadline, .seconds(5)).getUser(id: 1)
        // end
    }

    #if Observability
        static func telemetry(_ client: ShopAPI.Client) async throws {
            // telemetry
            let telemetry = Telemetry(logger: Logger(label: "shop"), loggedFields: Telemetry.harmlessFields)
            let observed = client.with(\.observer, telemetry)
            let counting = Task { await telemetry.countRenewals(of: client) }
            _ = try await observed.getUser(id: 1)
            counting.cancel()
            // end
        }
    #endif

    #if AsyncHTTPClient
        static func secure(authority: String, certificate: String, key: String) throws -> AsyncHTTPClientTransport {
            // secure
            var pinned = HTTPClient.Configuration()
            pinned.tlsConfiguration = .makeClientConfiguration()
            pinned.tlsConfiguration?.trustRoots = .file(authority)
            // Only this host gets to see the certificate, and only the authority is trusted for it.
            pinned.tlsConfiguration?.certificateChain = try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) }
            pinned.tlsConfiguration?.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
            let transport = AsyncHTTPClientTransport(configuration: .init(), hosts: ["bank.example.com": pinned])
            // end
            return transport
        }
    #endif

    static func logger(_ client: ShopAPI.Client) async throws {
        // logger
        let logged = client.with(\.onEvent) { event in
            switch event {
            case .attemptBegan: break
            case .attemptEnded(let operation, let outcome, let duration): print(operation, outcome, duration)
            case .retrying(let operation, let delay): print(operation, "again after", delay)
            case .deviation(let operation, let what): print(operation, "not as described:", what)
            }
        }
        _ = try await logged.getUser(id: 1)
        // end
    }

    static func streams(_ client: ShopAPI.Client) async throws {
        // stream
        for try await event in try await client.numbers() {
            print(event.content, event.event ?? "message", event.id ?? "")
            if event.content == 3 { break }
        }
        // end
        // resuming
        for try await event in try await client.numbers().resuming() {
            print(event.content)
        }
        // end
        // kept
        let later = client.with { $0.headerFields[HTTPField.Name("Last-Event-ID")!] = "42" }
        for try await event in try await later.numbers().resuming() {
            print(event.id ?? "")
        }
        // end
    }

    static func download(_ client: ShopAPI.Client, _ url: URL) async throws {
        // download
        let download = client.download(to: .file(url)) { try await $0.file() }
        for await step in download.progress {
            print(step.bytes, "of", step.total ?? 0)
        }
        let file = try await download.value
        print(file.url, file.checkedDigests)
        // end
    }

    static func folder(_ client: ShopAPI.Client, _ folder: URL) async throws {
        // folder
        let download = client.download(to: .folder(folder, otherwise: "report.pdf")) { try await $0.file() }
        print(try await download.value.url.lastPathComponent)
        // end
    }

    static func upload(_ client: ShopAPI.Client, _ url: URL) async throws {
        // upload
        let upload = try client.upload(url) { try await $0.upload($1) }
        for await step in upload.progress {
            print(step.fraction ?? 0)
        }
        try await upload.value
        // end
    }

    static func parts(_ body: HTTPBody, _ contentType: String) async throws {
        // parts
        for try await part in try MultipartReader(body, contentType: contentType) {
            let name = part.disposition?.safeFilename ?? "part"
            print(name, try await part.body.collect(upTo: 1 << 20).count)
        }
        // end
    }

    static func closures(_ client: ShopAPI.Client) async {
        let task =
            // closures
            Task {
                do throws(APIError<ShopAPI.Problem>) {
                    try await client.delete(id: "1")
                } catch {
                    switch error {
                    case .documented(let problem, _): print(problem.message)
                    case .transport(let failure): print("not reached after", failure.attempts.count, "attempts")
                    default: print(error)
                    }
                }
            }
        // end
        await task.value
    }

    static func typedResponse(_ client: ShopAPI.Client, _ user: ShopAPI.User) async {
        // typedResponse
        do throws(APIError<ShopAPI.Problem>) {
            let (user, response) = try await client.withResponse { client throws(APIError<ShopAPI.Problem>) in
                try await client.createUser(user)
            }
            print(user.id, response.status.code)
        } catch {
            print(error.response?.status.code ?? 0)
        }
        // end
    }

    static func anyError(_ client: ShopAPI.Client) async throws -> String {
        // anyError
        do throws(any Error) {
            try await client.delete(id: "1")
        } catch let error as any AnyAPIError where error.status == .unauthorized {
            return "Please sign in."
        } catch let error as any AnyAPIError where error.isRetryable {
            return "Please try again later."
        }
        // end
        return "Deleted."
    }
}

// transport
struct Offline: Transport {
    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        throw URLError(.notConnectedToInternet)
    }
}
// end
