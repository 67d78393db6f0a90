import Foundation
import Testing

@Suite("apus init")
struct InitTests {
    private func files(_ folder: URL) -> Set<String> {
        Set((FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).filter { $0.contains(".") })
    }

    @Test("Leaves a package that builds and calls")
    func package() async throws {
        try await withFolder { folder in
            let package = folder.appending(path: "pet shop")
            let description = Descriptions.root.appending(path: "Tests/GoldenTests/Descriptions/petstore.yaml")
            let outcome = try await Tool.apus("init", package.path, "--from", description.path, "--transport", "url-session")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(
                files(package) == [
                    ".gitignore", "Package.swift", "Sources/PetShop/App.swift", "Sources/PetShop/apus.yaml", "Sources/PetShop/openapi.yaml",
                ])
            let main = try String(contentsOf: package.appending(path: "Sources/PetShop/App.swift"), encoding: .utf8)
            #expect(main.contains("print(try await client."), "\(main)")
            // A usual next step, over which the compiler crashes in top-level code.
            try package.appending(path: "Sources/PetShop/App.swift").write(
                main.replacingOccurrences(of: "} catch {", with: "} catch let error as any AnyAPIError where error.isRetryable {"))
            let built = try await Tool.run(
                URL(filePath: "/usr/bin/env"),
                ["swift", "build", "--package-path", package.path, "--scratch-path", package.appending(path: ".build").path, "-Xswiftc", "-warnings-as-errors"])
            #expect(built.status == 0, "\(built.output.suffix(4_000))\(built.errors.suffix(4_000))")
        }
    }

    @Test("Without a description there is a small one, and JSON stays JSON")
    func descriptions() async throws {
        try await withFolder { folder in
            let small = folder.appending(path: "hello")
            #expect(try await Tool.apus("init", small.path).status == 0)
            #expect(try await Tool.apus("check", small.appending(path: "Sources/Hello/openapi.yaml").path).output.contains("Warnings    0"))
            let json = folder.appending(path: "api.json")
            try json.write(#"{"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}}"#)
            let package = folder.appending(path: "1st-api")
            #expect(try await Tool.apus("init", package.path, "--from", json.path, "--name", "first").status == 0)
            #expect(files(package).contains("Sources/First/openapi.json"))
        }
    }

    @Test("On Linux the transport is that over AsyncHTTPClient, with its trait")
    func transport() async throws {
        try await withFolder { folder in
            #expect(try await Tool.apus("init", folder.appending(path: "a").path).status == 0)
            let manifest = try String(contentsOf: folder.appending(path: "a/Package.swift"), encoding: .utf8)
            let main = try String(contentsOf: folder.appending(path: "a/Sources/A/App.swift"), encoding: .utf8)
            #if os(Linux)
                #expect(manifest.contains("traits: [\"AsyncHTTPClient\"])") && main.contains("transport: AsyncHTTPClientTransport()"))
            #else
                #expect(manifest.contains("traits: [])") && !main.contains("transport:"))
            #endif
        }
    }

    @Test("Starts from a URL, and says of one that leads nowhere what is wrong")
    func url() async throws {
        try await withFolder { folder in
            let server = try FileServer(["/api.yaml": .text(Descriptions.small()), "/page": .text("<!DOCTYPE html><html></html>")])
            defer { server.stop() }
            let package = folder.appending(path: "shop")
            let outcome = try await Tool.apus("init", package.path, "--from", server.url("/api.yaml"))
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(server.requests == ["/api.yaml"])
            let copy = try String(contentsOf: package.appending(path: "Sources/Shop/openapi.yaml"), encoding: .utf8)
            #expect(copy == Descriptions.small())
            for (source, message) in [
                (server.url("/none.yaml"), "was answered with status 404 (check the URL in a browser)"),
                (server.url("/page"), "this is an HTML page, not an API description"),
                ("ftp://127.0.0.1/api.yaml", "is not an http or https URL"), ("http://", "is not an http or https URL"),
                ("file:///nowhere.yaml", "there is no file file:///nowhere.yaml"), (folder.path, "is a folder (give the description's file)"),
            ] {
                let failed = try await Tool.apus("init", folder.appending(path: "new").path, "--from", source)
                #expect(failed.status == 1 && failed.errors.contains(message), "\(source): \(failed.errors)")
            }
            let file = folder.appending(path: "local.yaml")
            try file.write(Descriptions.small())
            #expect(try await Tool.apus("init", folder.appending(path: "local").path, "--from", file.absoluteString).status == 0)
        }
    }

    @Test("The sample call is one that can be answered at once, if there is one")
    func sampleCall() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "api.yaml")
            try file.write(
                """
                openapi: 3.1.0
                info: {title: Shop, version: '1'}
                security: [{key: []}]
                paths:
                  /mine: {get: {operationId: listMine, responses: {'200': {description: ok}}}}
                  /near: {get: {operationId: listNear, security: [], parameters: [{name: a, in: query, required: true, schema: {type: string}}], responses: {'200': {description: ok}}}}
                  /open: {get: {operationId: listOpen, security: [], responses: {'200': {description: ok}}}}
                  /new: {post: {operationId: addNew, security: [], responses: {'200': {description: ok}}}}
                components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}

                """)
            #expect(try await Tool.apus("init", folder.appending(path: "a").path, "--from", file.path).status == 0)
            let main = try String(contentsOf: folder.appending(path: "a/Sources/A/App.swift"), encoding: .utf8)
            #expect(main.contains("print(try await client.listOpen())"), "\(main)")
            #expect(main.contains("pass `authorization:` too, such as `.key(…)`"), "\(main)")
        }
    }

    @Test("Overwrites nothing, and writes all or nothing")
    func existing() async throws {
        try await withFolder { folder in
            try folder.appending(path: "Package.swift").write("mine")
            let outcome = try await Tool.apus("init", folder.path)
            #expect(outcome.status == 1 && outcome.errors.contains("Package.swift exists already; nothing was written (with --settings"))
            #expect(files(folder) == ["Package.swift"])
            #expect(try await Tool.apus("init", folder.path, "--settings").status == 0)
            #expect(files(folder) == ["Package.swift", "apus.yaml"])
            #expect(try await Tool.apus("init", folder.path, "--settings").status == 1)
        }
    }

    @Test("A description that cannot be used is said to be one")
    func unusable() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "bad.yaml")
            try file.write("title: x")
            let outcome = try await Tool.apus("init", folder.appending(path: "new").path, "--from", file.path)
            #expect(outcome.status == 1 && outcome.errors.hasPrefix("\(file.path):"))
            let missing = try await Tool.apus("init", folder.appending(path: "new").path, "--from", "nowhere.yaml")
            #expect(missing.status == 1 && missing.errors.contains("there is no file nowhere.yaml (check the path)"))
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "new").path))
        }
    }
}
