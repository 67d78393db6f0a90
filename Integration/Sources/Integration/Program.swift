import Foundation

/// Another program, run to its end.
enum Program {
    static func run(_ path: String, _ arguments: [String]) async throws -> (status: Int32, data: Data) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { process in
                let data = output.fileHandleForReading.readDataToEndOfFile()
                continuation.resume(returning: (process.terminationStatus, data))
            }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }
}
