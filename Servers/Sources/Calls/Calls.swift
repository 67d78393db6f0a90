import ApusRuntime

/// The calls that one server gets, and what came of each.
final class Calls {
    struct Outcome {
        let name: String
        /// Why it failed; nil if it did what it should.
        let failure: String?
    }

    private(set) var outcomes: [Outcome] = []

    /// Makes one call and notes what came of it; later calls are made all the same.
    func callAsFunction(_ name: String, _ call: () async throws -> Void) async {
        do {
            try await call()
            outcomes.append(Outcome(name: name, failure: nil))
        } catch {
            outcomes.append(Outcome(name: name, failure: "\(error)"))
        }
    }
}

/// An answer that is not what it should be.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
}

func expect(_ condition: Bool, _ found: @autoclosure () -> Any) throws {
    if !condition { throw Unexpected(description: "unexpected: \(found())") }
}

/// Checks that a call fails, and that its error is as it should be.
func expectFailure<Success, Documented>(
    _ isExpected: (APIError<Documented>) -> Bool, of call: () async throws(APIError<Documented>) -> Success
) async throws {
    do {
        let answer = try await call()
        throw Unexpected(description: "no error, but \(answer)")
    } catch let error as APIError<Documented> {
        try expect(isExpected(error), error)
    }
}
