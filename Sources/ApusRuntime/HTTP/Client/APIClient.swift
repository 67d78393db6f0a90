import Foundation
import HTTPTypes

/// A generated client.
public protocol APIClient: Sendable {
    /// Where the server is, what authorises requests and what carries them.
    var core: ClientCore { get set }
}

extension APIClient {
    /// Sends a request and reads the response.
    ///
    /// - Parameters:
    ///   - type: What a success is read as.
    ///   - errors: What the documented errors are read as. It is evaluated if
    ///     there is an error.
    public func send<Success, Failure>(
        _ request: Request, as type: ResponseType<Success>, errors: @autoclosure () -> ErrorResponses<Failure>
    ) async throws(APIError<Failure>) -> Success {
        let core = core
        let response: Response
        do throws(CallFailure) {
            let (head, body) = try await core.response(to: request, accept: type.accept)
            if let reader = type.reader(for: head.status.code) {
                return try await core.read(head, body, with: reader, operation: request.operation)
            }
            response = try await core.errorResponse(head, body, operation: request.operation)
        } catch {
            throw APIError(error)
        }
        core.recorder?.record(response)
        // A 2xx that is not listed is no documented error either.
        guard !(200...299 ~= response.status.code), let failure = errors().failure(of: response) else {
            throw .undocumented(response)
        }
        throw .documented(failure, response)
    }
}

extension ClientCore {
    /// Reads the body of a success.
    fileprivate func read<Success>(
        _ head: HTTPResponse, _ body: HTTPBody, with reader: BodyReader<Success>, operation: String
    ) async throws(CallFailure) -> Success {
        switch reader {
        case .stream(let make):
            recorder?.record(Response(head, body: Data(), isBodyComplete: false, operation: operation))
            return make(body)
        case .empty(let value):
            recorder?.record(Response(head, body: Data(), isBodyComplete: body.length == 0, operation: operation))
            return value
        case .json, .text, .data:
            break
        }
        let data = try await collect(body)
        recorder?.record(Response(head, body: data, operation: operation))
        switch reader {
        case .json(let decode):
            do throws(JSONError) {
                return try decode(data)
            } catch {
                throw .decoding(error, response(head, data, operation: operation))
            }
        case .text(let make):
            return make(TextContent.text(data, contentType: head.headerFields[.contentType]))
        case .data(let make):
            return make(data)
        case .stream(let make):
            return make(HTTPBody(data))
        case .empty(let value):
            return value
        }
    }
}
