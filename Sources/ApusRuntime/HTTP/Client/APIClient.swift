import Foundation
import HTTPTypes

/// A client of an API: what the description's operations are methods of.
public protocol APIClient: Sendable {
    /// The server, the credentials and the transport.
    var core: ClientCore { get set }
}

extension APIClient {
    /// Sends a request and reads its response.
    ///
    /// - Parameters:
    ///   - type: What successful responses become.
    ///   - errors: What the description says about the others; asked for only when there is one.
    public func send<Success: Sendable, Failure: Sendable>(
        _ request: Request,
        as type: ResponseType<Success>,
        errors: @autoclosure () -> ErrorResponses<Failure>
    ) async throws(APIError<Failure>) -> Success {
        let head: HTTPResponse
        let content: HTTPBody
        do throws(ExchangeError) {
            (head, content) = try await core.exchange(request)
        } catch {
            throw APIError(error)
        }
        let response = Response(operation: request.operation, status: head.status, headerFields: head.headerFields)
        guard let reading = type.reading(for: head.status.code) else {
            throw await failure(response, content, errors())
        }
        core.recorder?.record(response)
        switch reading {
        case .nothing(let value):
            return value
        case .stream(let make):
            return make(content)
        case .data(let read):
            let data: Data
            do {
                data = try await content.collect(upTo: core.maximumBody)
            } catch {
                throw APIError(ExchangeError(error))
            }
            do throws(JSONError) {
                return try read(data)
            } catch {
                throw .decoding(error, response)
            }
        }
    }

    private func failure<Failure: Sendable>(
        _ response: Response, _ content: HTTPBody, _ errors: ErrorResponses<Failure>
    ) async -> APIError<Failure> {
        let body: Data
        do {
            body = try await content.collect(upTo: core.maximumErrorBody)
        } catch is HTTPBodyError {
            body = Data()
        } catch {
            return APIError(ExchangeError(error))
        }
        let response = Response(
            operation: response.operation, status: response.status, headerFields: response.headerFields, body: body)
        core.recorder?.record(response)
        guard let failure = errors.failure(status: response.status.code, body: body) else { return .undocumented(response) }
        return .documented(failure, response)
    }

    /// Calls operations and returns the last response beside the value, for
    /// its status and header fields.
    ///
    /// ```swift
    /// let (pets, response) = try await client.withResponse { try await $0.listPets() }
    /// let next = response.headerFields[.link]
    /// ```
    ///
    /// Where `body` sends nothing, the response has the status 0.
    public func withResponse<Value, Failure: Error>(
        _ body: (Self) async throws(Failure) -> Value
    ) async throws(Failure) -> (Value, Response) {
        let recorder = ResponseRecorder()
        var client = self
        client.core.recorder = recorder
        let value = try await body(client)
        return (value, recorder.last ?? Response(operation: "", status: HTTPResponse.Status(code: 0)))
    }
}

extension APIError {
    init(_ error: ExchangeError) {
        self =
            switch error {
            case .encoding(let error): .encoding(error)
            case .transport(let error): .transport(error)
            case .authorization(let error): .authorization(error)
            case .cancelled: .cancelled
            }
    }
}

/// Remembers the last response of a client.
final class ResponseRecorder: @unchecked Sendable {
    private let lock = NSLock()
    private var response: Response?

    var last: Response? { lock.withLock { response } }

    func record(_ response: Response) {
        lock.withLock { self.response = response }
    }
}
