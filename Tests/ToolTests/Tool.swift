import Foundation

/// Runs programs, first of all the tool itself.
struct Tool {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String

        var errorLines: [Substring] { errors.split(separator: "\n") }
    }

    /// The `apus` that was built with these tests: SwiftPM puts both into one folder.
    static let url: URL = {
        var folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(filePath: "/")
        let fileManager = FileManager.default
        while folder.pathComponents.count > 1 {
            let candidate = folder.appending(path: "apus")
            var isDirectory: ObjCBool = false
            if fileManager.fileExists(atPath: candidate.path, isDirectory: &isDirectory), !isDirectory.boolValue { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        return URL(filePath: "apus")
    }()

    /// Where the tool keeps what it remembers of its runs: not in the home of
    /// whoever runs the tests.
    private static let caches = FileManager.default.temporaryDirectory.appending(path: "apus-caches-\(ProcessInfo.processInfo.processIdentifier)")

    static func apus(_ arguments: String...) async throws -> Outcome {
        try await run(url, arguments)
    }

    static func run(_ executable: URL, _ arguments: [String], in folder: URL? = nil, caches: URL = caches) async throws -> Outcome {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["XDG_CACHE_HOME": caches.path]) { $1 }
        process.currentDirectoryURL = folder
        // Files rather than pipes: nobody has to empty them in time.
        let scratch = FileManager.default.temporaryDirectory.appending(path: "apus-output-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = ["output", "errors"].map { scratch.appending(path: $0) }
        for file in files { try Data().write(to: file) }
        let handles = try files.map { try FileHandle(forWritingTo: $0) }
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        // Waiting must not take a thread from the tests that run at the same time.
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Outcome(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }
}

/// A folder that is gone after the test. Its name has a space in it.
func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "apus test \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

extension URL {
    func write(_ text: String) throws {
        try FileManager.default.createDirectory(at: deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: self)
    }

    /// Everything below a folder: paths, contents and dates.
    var snapshot: [String: (content: Data, date: Date)] {
        var result: [String: (Data, Date)] = [:]
        guard let names = FileManager.default.enumerator(atPath: path) else { return [:] }
        for case let name as String in names {
            let url = appending(path: name)
            guard let content = try? Data(contentsOf: url) else { continue }
            let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
            result[name] = (content, attributes?[.modificationDate] as? Date ?? .distantPast)
        }
        return result
    }
}

enum Descriptions {
    static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    static func small(_ extra: String = "") -> String {
        """
        openapi: 3.1.0
        info: {title: Small, version: '1'}
        servers: [{url: 'https://small.example'}]
        paths:
          /pets:
            get:
              operationId: listPets
              responses:
                '200':
                  description: Pets.
                  content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
        components:
          schemas:
            Pet:
              type: object
              required: [name]
              properties:
                name: {type: string}
        \(extra)
        """
    }
}
