import Clients
import Foundation

extension Flow {
    static let lateRefresh = Flow("Sign-out during the refresh of another process", "RFC 7009") { server in
        try await SharedPlace.withFile { place in
            try await signInExpired(server, at: place)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            process.arguments = SharingProcess.arguments(.lateRefresh, server, place)
            let (input, output, errors) = (Pipe(), Pipe(), Pipe())
            (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
            try process.run()
            // The server has rotated the refresh token by then.
            let said = await Task.detached { errors.fileHandleForReading.availableData }.value
            try expect(String(decoding: said, as: UTF8.self), "spent\n", "what the process says")

            let session = server.session(store: try await place.store())
            try await session.signOut()
            try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
            let data = await Task.detached { output.fileHandleForReading.readDataToEndOfFile() }.value
            process.waitUntilExit()
            let report = try JSONDecoder().decode(SharingProcess.Report.self, from: data)

            try expect(report.requests, 0, "answered requests of the process that was signed out")
            try expect(report.failures.first?.contains("ign in") == true, "it is to sign in: \(report.failures)")
            try await expect(session.restore() == nil, "nobody is signed in again")
            // Nobody will ever hold what came late, so it is of no use to anybody.
            guard let late = report.refreshToken else { throw Unexpected("the process got no refresh token") }
            let thief = OAuth2Token(accessToken: "none", refreshToken: Secret(late), issuedAt: Date())
            try await expectFailure("the refresh token that came too late") {
                try await server.session(store: PresetStore(thief)).refreshToken()
            } as: {
                server.refusesGrant($0)
            }
        }
    }
}
