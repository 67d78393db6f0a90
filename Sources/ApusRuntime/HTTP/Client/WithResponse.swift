import Foundation

extension APIClient {
    /// Calls an operation and returns the response beside the result.
    ///
    ///     let (user, response) = try await client.withResponse { try await $0.getUser(id: 1) }
    ///     response.headerFields[.eTag]
    ///
    /// It can be called from everywhere: the closure keeps the caller's isolation.
    ///
    /// - Parameter operation: Calls one operation of the client it is given.
    ///   If it calls several, the response is the one that came last.
    /// - Returns: The response. Its status is 0 if the closure called no
    ///   operation.
    nonisolated(nonsending) public func withResponse<Value, Failure: Error>(
        _ operation: (Self) async throws(Failure) -> Value
    ) async throws(Failure) -> (Value, Response) {
        let recorder = ResponseRecorder(within: core.recorder)
        var client = self
        client.core.recorder = recorder
        let value = try await operation(client)
        return (value, recorder.last ?? Response(status: .init(code: 0), operation: ""))
    }
}

/// Keeps the last response of the calls of one client.
final class ResponseRecorder: @unchecked Sendable {
    private let lock = NSLock()
    private var recorded: Response?
    private let outer: ResponseRecorder?

    init(within outer: ResponseRecorder?) {
        self.outer = outer
    }

    func record(_ response: Response) {
        lock.withLock { recorded = response }
        outer?.record(response)
    }

    var last: Response? { lock.withLock { recorded } }
}
