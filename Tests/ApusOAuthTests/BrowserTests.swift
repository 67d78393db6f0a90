#if os(Linux)
    import ApusRuntime
    import Foundation
    import Testing

    @testable import ApusOAuth

    #if canImport(FoundationNetworking)
        import FoundationNetworking
    #endif

    /// Opening the user's browser, with a program in its place.
    @Suite struct BrowserTests {
        private func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            return try await body(folder)
        }

        private func program(_ name: String, in folder: URL) throws {
            let file = folder.appendingPathComponent(name)
            // Written under another name first: whoever looks for the file finds all of it.
            try Data("#!/bin/sh\nprintf '%s' \"$1\" > '\(folder.path)/part' && mv '\(folder.path)/part' '\(folder.path)/\(name).opened'\n".utf8)
                .write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        }

        private func opened(_ name: String, in folder: URL) async throws -> String {
            let file = folder.appendingPathComponent(name + ".opened")
            while !FileManager.default.fileExists(atPath: file.path) { try await Task.sleep(for: .milliseconds(10)) }
            return try String(contentsOf: file, encoding: .utf8)
        }

        @Test func programOfTheSystem() async throws {
            try await withFolder { folder in
                try program("xdg-open", in: folder)
                let url = "https://as.example/authorize?a=b&c=$(touch%20x);'\"`"
                try SystemBrowser.open(url, environment: ["PATH": "/nowhere:\(folder.path):/usr/bin:/bin"])
                #expect(try await opened("xdg-open", in: folder) == url)
            }
        }

        @Test func programOfTheUser() async throws {
            try await withFolder { folder in
                try program("mine", in: folder)
                try program("xdg-open", in: folder)
                try SystemBrowser.open(
                    "https://as.example/", environment: ["PATH": folder.path + ":/bin", "BROWSER": "absent:mine"])
                #expect(try await opened("mine", in: folder) == "https://as.example/")
            }
        }

        @Test func withoutProgramOrURL() {
            #expect {
                try SystemBrowser.open("https://as.example/", environment: ["PATH": "/nowhere"])
            } throws: {
                if case OAuth2Error.transport(is SystemBrowser.NotFound) = $0 { true } else { false }
            }
            for url in ["--help", "file:///etc/passwd", "javascript:alert(1)", ""] {
                #expect {
                    try SystemBrowser.open(url, environment: [:])
                } throws: {
                    if case OAuth2Error.invalidEndpoint = $0 { true } else { false }
                }
            }
        }

        @Test func signInThroughABrowser() async throws {
            let fake = FakeServer(answers: .token("A1"))
            let session = session(fake)
            try await session.signInWithBrowser(path: "cb", scopes: ["read"], within: .seconds(60)) { url in
                // What the authorization server and the browser do.
                let items = URLComponents(string: url)?.queryItems ?? []
                func item(_ name: String) -> String { items.first { $0.name == name }?.value ?? "" }
                #expect(item("scope") == "read")
                let redirect = try #require(URL(string: item("redirect_uri") + "?code=C1&state=" + item("state")))
                Task { try await URLSession.shared.data(from: redirect) }
            }
            #expect(await session.accessText == "A1")
            #expect(fake.exchanges[0].form["redirect_uri"]?.hasSuffix("/cb") == true)
        }

        @Test func browserThatDoesNotOpen() async throws {
            struct NoScreen: Error {}
            let session = session(FakeServer(answers: .token("A1")))
            await #expect {
                try await session.signInWithBrowser { _ in throw NoScreen() }
            } throws: {
                if case OAuth2Error.transport(is NoScreen) = $0 { true } else { false }
            }
        }

        @Test func refusalIsShownInTheBrowser() async throws {
            let session = session(FakeServer(answers: .token("A1")))
            let receiver = try LoopbackReceiver()
            let request = try session.authorizationRequest(redirectURI: receiver.redirectURI)
            async let redirect = receiver.redirect(for: request, within: .seconds(60))
            let url = try #require(URL(string: receiver.redirectURI + "?error=access_denied&state=\(request.state)"))
            let (page, _) = try await URLSession.shared.data(from: url)
            #expect(String(decoding: page, as: UTF8.self).contains("You are not signed in."))
            let target = try await redirect
            await #expect { try await session.signIn(redirectedTo: target, for: request) } throws: {
                if case OAuth2Error.server(.accessDenied, _, _, nil) = $0 { true } else { false }
            }
        }

        @Test(arguments: ["  URL\r\n", "<URL>", "\"URL\""]) func pastedByHand(form: String) async throws {
            let session = session(FakeServer(answers: .token("A1")))
            let request = try session.authorizationRequest(redirectURI: "https://app.example/cb")
            let url = "https://app.example/cb?code=C1&state=\(request.state)"
            try await session.signIn(redirectedTo: form.replacingOccurrences(of: "URL", with: url), for: request)
            #expect(await session.accessText == "A1")
        }
    }
#endif
