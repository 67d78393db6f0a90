import Foundation
import Hummingbird

/// Tells of every request, and gives an answer to those that nobody answered.
struct RequestLogging: RouterMiddleware {
    typealias Context = BasicRequestContext

    let log: @Sendable (ReferenceServer.LogEntry) -> Void

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let started = DispatchTime.now().uptimeNanoseconds
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = Response(status: error.status)
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        let nanoseconds = DispatchTime.now().uptimeNanoseconds &- started
        log(
            ReferenceServer.LogEntry(
                method: request.method.rawValue, path: request.uri.path, status: response.status.code,
                seconds: Double(nanoseconds) / 1e9
            ))
        return response
    }
}
