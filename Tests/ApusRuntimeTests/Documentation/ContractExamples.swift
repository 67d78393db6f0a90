import ApusRuntime
import ApusTesting
import Testing

@Suite("URLSession's transport keeps the contract")
struct ContractExamples {
    // contract
    @Test(arguments: TransportContract.checks)
    func contract(_ check: TransportCheck) async throws {
        try await check.run { idle in URLSessionTransport(timeouts: .init(idle: idle)) }
    }
    // end
}
