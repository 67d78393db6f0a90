import Foundation

/// A headless Chromium.
enum Chromium {
    /// Signs in at `url` as a person does, and stays until the browser is back
    /// at this machine's loopback receiver.
    static func signIn(at url: String) async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../..").standardizedFileURL
        // A script, because on Linux Foundation does not read the header fields of
        // Chromium's WebDriver, which have no space after their colon.
        let output = try await Program.run(
            root.appendingPathComponent("Scripts/sign-in-with-chromium").path,
            [url, Registrations.username, Registrations.password.exposed])
        if output.status != 0 {
            throw Unexpected("Chromium: \(String(decoding: output.data, as: UTF8.self).suffix(500))")
        }
    }
}
