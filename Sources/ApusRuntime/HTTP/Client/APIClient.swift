import Foundation
public import HTTPTypes

/// A generated client.
public protocol APIClient: Sendable {
    /// Where the server is, what authorizes requests and what carries them.
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
        let request = core.pageTurn?.request(request) ?? request
        let answer: Answer
        do throws(FailedCall) {
            answer = try await core.call(request, accept: type.accept, isEventStream: type.isEventStream) { status in
                type.reader(for: status)?.use ?? .error
            }
        } catch {
            throw APIError(error)
        }
        let response = answer.response
        core.recorder?.record(response)
        if !answer.isError, let reader = type.reader(for: response.status.code) {
            let reading = BodyReading.reading(core.reading, operation: request.operation)
            do throws(JSONError) {
                if let wrong = reader.wrongMediaType(of: response) { throw wrong }
                let value = try reader.value(of: answer, reading) { StreamConnection(core, request, accept: type.accept) }
                if reading.mode == .tolerant { core.recorder?.record(core.withDeviations(response, reading)) }
                return value
            } catch {
                core.options.onEvent?(.deviation(operation: request.operation, "\(error)"))
                throw await .decoding(error, core.whole(answer))
            }
        }
        // A 2xx that is not listed is not a documented error either.
        let reading = BodyReading.reading(core.reading, operation: request.operation)
        guard !(200...299 ~= response.status.code), let failure = errors().failure(of: response, reading: reading) else {
            core.options.onEvent?(.deviation(operation: request.operation, "status \(response.status.code) is not described"))
            throw .undocumented(response)
        }
        throw .documented(failure, core.withDeviations(response, reading))
    }

    /// Sends a request that the description does not have, with the client's
    /// credentials, middleware, retries and limits, to the client's server.
    ///
    ///     let response = try await client.send(.post, "/undocumented/\(id)", body: HTTPBody("{}"))
    ///     if response.status == .ok { … }
    ///
    /// - Parameters:
    ///   - path: The path on the client's server, which values in it cannot leave.
    ///   - contentType: The `Content-Type` field of a body.
    ///   - security: What it needs; `nil` for what the client's operations need
    ///     that do not say so themselves.
    ///   - idempotent: Whether it can be repeated; `nil` where its method says so.
    /// - Returns: The response, whatever its status is, with at most
    ///   ``ClientLimits/maximumJSONBodyBytes`` of its body, of an error
    ///   ``ClientLimits/maximumErrorBodyBytes``.
    public func send(
        _ method: Request.Method, _ path: RequestPath, query: [(name: String, value: String)] = [],
        headerFields: HTTPFields = HTTPFields(), body: HTTPBody? = nil, contentType: String = "application/json",
        security: SecurityRequirements? = nil, idempotent: Bool? = nil
    ) async throws(APIError<Never>) -> Response {
        var request = Request(method, path, operation: "send", security: security, idempotent: idempotent)
        request.body(body, contentType: contentType)
        request.parts.fields.append(contentsOf: headerFields)
        var core = core
        core.options.query += query
        do throws(FailedCall) {
            let answer = try await core.call(request, accept: "*/*") { 200...299 ~= $0 ? .memory : .error }
            core.recorder?.record(answer.response)
            return answer.response
        } catch {
            throw APIError(error)
        }
    }
}

extension ClientCore {
    /// A response with as much of its body as errors keep, of a stream too.
    fileprivate func whole(_ answer: Answer) async -> Response {
        let response = answer.response
        let head = HTTPResponse(status: response.status, headerFields: response.headerFields)
        guard let stream = answer.stream, var whole = try? await errorResponse(head, stream, operation: response.operation)
        else { return response.shortened(to: limits.maximumErrorBodyBytes) }
        whole.record = response.record
        return whole
    }

    /// The response with what deviated in it, which the client's hooks are told of.
    fileprivate func withDeviations(_ response: Response, _ reading: BodyReading) -> Response {
        guard let found = reading.deviations?.all, !found.isEmpty else { return response }
        for deviation in found {
            onDeviation?(deviation)
            options.onEvent?(.deviation(operation: response.operation, "\(deviation)"))
        }
        var response = response
        response.deviations = found
        return response
    }
}

extension BodyReader {
    var use: BodyUse {
        switch self {
        case .json, .text, .data, .scalar: .memory
        case .stream, .items: .stream
        case .empty: .nothing
        }
    }

    /// Why a body cannot be what it is described as: nothing else than a stream of
    /// events can be one.
    fileprivate func wrongMediaType(of response: Response) -> JSONError? {
        guard case .items(_, let mediaType?) = self, let found = MediaType.name(response.headerFields[.contentType]), found != mediaType
        else { return nil }
        return JSONError(path: "$", offset: 0, message: "the body is \(found), not \(mediaType)", excerpt: "")
    }

    /// The value of a success.
    ///
    /// - Parameter connection: What a stream came by.
    fileprivate func value(
        of answer: Answer, _ reading: BodyReading, connection: () -> StreamConnection
    ) throws(JSONError) -> Value {
        let response = answer.response
        switch self {
        case .json(let decode):
            do throws(JSONError) {
                return try decode(response.body, reading)
            } catch {
                throw error.naming(response.headerFields[.contentType])
            }
        case .text(let make):
            return make(TextContent.text(response.body, contentType: response.headerFields[.contentType]))
        case .scalar(let make): return try make(response.body, MediaType.isJSON(response.headerFields[.contentType]), reading)
        case .data(let make): return make(response.body)
        case .stream(let make): return make(answer.stream ?? HTTPBody(response.body))
        case .items(let make, _): return make(answer.stream ?? HTTPBody(response.body), connection())
        case .empty(let value): return value
        }
    }
}
