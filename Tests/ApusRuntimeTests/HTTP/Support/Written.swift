import ApusRuntime
import Foundation

/// What one request looks like on its way.
func written(_ request: Request) async throws -> RecordingTransport.Exchange {
    let transport = RecordingTransport(.empty(204))
    let client = ShopAPI.Client(server: "https://h", transport: transport)
    try await client.call(request)
    return transport.exchanges[0]
}

/// The path and query of one request.
func target(_ path: RequestPath, _ fill: (inout Request) -> Void = { _ in }) async throws -> String {
    var request = Request(.get, path, operation: "test")
    fill(&request)
    return try await written(request).request.path ?? ""
}

/// The query of one request, without its question mark.
func query(_ fill: (inout Request) -> Void) async throws -> String {
    let target = try await target("/", fill)
    return target.hasPrefix("/?") ? String(target.dropFirst(2)) : target
}
