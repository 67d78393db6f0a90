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
        let reading = BodyReading.reading(core.reading, operation: request.operation)
        guard !(200...299 ~= response.status.code), let failure = errors().failure(of: response, reading: reading) else {
            throw .undocumented(response)
        }
        throw .documented(failure, core.withDeviations(response, reading))
    }
}

extension ClientCore {
    /// The response with what deviated in it, which the client's hook is told of.
    fileprivate func withDeviations(_ response: Response, _ reading: BodyReading) -> Response {
        guard let found = reading.deviations?.all, !found.isEmpty else { return response }
        if let onDeviation { found.forEach(onDeviation) }
        var response = response
        response.deviations = found
        return response
    }

    /// Reads the body of a success.
    fileprivate func read<Success>(
        _ head: HTTPResponse, _ body: HTTPBody, with reader: BodyReader<Success>, operation: String
    ) async throws(CallFailure) -> Success {
        switch reader {
        case .items(_, let mediaType?) where MediaType.name(head.headerFields[.contentType]).map({ $0 != mediaType }) ?? false:
            let response = try await errorResponse(head, body, operation: operation)
            recorder?.record(response)
            let found = MediaType.name(head.headerFields[.contentType]) ?? ""
            throw .decoding(
                JSONError(path: "$", offset: 0, message: "the body is \(found), not \(mediaType)", excerpt: ""), response)
        case .stream(let make), .items(let make, _):
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
            let reading = BodyReading.reading(reading, operation: operation)
            do throws(JSONError) {
                let value = try decode(data, reading)
                if reading.mode == .tolerant {
                    recorder?.record(withDeviations(Response(head, body: data, operation: operation), reading))
                }
                return value
            } catch {
                let error = error.naming(head.headerFields[.contentType])
                throw .decoding(error, response(head, data, operation: operation))
            }
        case .text(let make):
            return make(TextContent.text(data, contentType: head.headerFields[.contentType]))
        case .data(let make):
            return make(data)
        case .stream(let make), .items(let make, _):
            return make(HTTPBody(data))
        case .empty(let value):
            return value
        }
    }
}
