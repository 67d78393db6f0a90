import ApusOAuth
import ApusRuntime
import Foundation
import SQLiteTokens
import Testing

/// Several real processes on one database.
@Suite struct ProcessTests {
    @Test func processesRefreshOnceBetweenThem() async throws {
        try await withFolder { folder in
            let path = folder.appendingPathComponent("tokens.sqlite3").path
            let database = try TokenDatabase(path: path)
            // The key that a session of TokenSharer asks with.
            let key = "https://api.example oauth2 client"
            for user in ["mia", "tom"] {
                try await database.store(for: user).save(
                    token("old", refresh: "first", expires: Date(timeIntervalSince1970: 2)), for: key)
                let log = folder.appendingPathComponent("\(user).log")
                try Data().write(to: log)
                let processes = try (0..<4).map { _ in
                    try Process.tokenSharer("request", path, user, log.path)
                }
                for process in processes {
                    process.waitUntilExit()
                    #expect(process.terminationStatus == 0)
                }
                #expect(try String(contentsOf: log, encoding: .utf8) == "token request\n")
                let kept = try await database.store(for: user).load(key)
                #expect(kept?.accessToken == "new")
                #expect(kept?.refreshToken == "next")
            }
        }
    }

    @Test func leaseIsHeldByOneProcessAtATime() async throws {
        try await withFolder { folder in
            let path = folder.appendingPathComponent("tokens.sqlite3").path
            let file = folder.appendingPathComponent("number")
            let processes = try (0..<4).map { _ in try Process.tokenSharer("count", path, "mia", file.path) }
            for process in processes {
                process.waitUntilExit()
                #expect(process.terminationStatus == 0)
            }
            #expect(try String(contentsOf: file, encoding: .utf8) == "40")
        }
    }

    @Test func crashOfTheHolderEndsTheLease() async throws {
        try await withFolder { folder in
            let path = folder.appendingPathComponent("tokens.sqlite3").path
            let file = folder.appendingPathComponent("held")
            let holder = try Process.tokenSharer("hold", path, "mia", file.path)
            while !FileManager.default.fileExists(atPath: file.path), holder.isRunning {
                try await Task.sleep(for: .milliseconds(10))
            }
            // While it lives, nobody else gets the lease, however short that is.
            let impatient = try TokenDatabase(path: path, leaseDuration: 1, patience: 3)
            await #expect(throws: Lease.Busy.self) {
                try await impatient.store(for: "mia").exclusively("counter") {}
            }
            // Others' leases are their own.
            try await impatient.store(for: "tom").exclusively("counter") {}

            kill(holder.processIdentifier, SIGKILL)
            holder.waitUntilExit()
            let patient = try TokenDatabase(path: path, leaseDuration: 1)
            let isTaken = try await patient.store(for: "mia").exclusively("counter") { true }
            #expect(isTaken)
        }
    }
}
