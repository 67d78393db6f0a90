import Declarations
import Emission
import Foundation
import Generation
import SpecSource

/// The tool from bytes to code: whatever a description is, it is refused with a place or
/// becomes files within their folder, the same each time, in bounded time.
func fuzzTool(_ bytes: [UInt8]) {
    // Other files are none of this target's business.
    if String(decoding: bytes, as: UTF8.self).contains("$ref: /") || bytes.count > 20_000 { return }
    guard let first = files(of: bytes) else { return }
    for file in first {
        precondition(!file.path.contains("..") && !file.path.hasPrefix("/") && !file.path.contains("\0"), "a file outside of the folder: \(file.path)")
        precondition(file.path.hasSuffix(".swift"), "a file that is no Swift: \(file.path)")
    }
    precondition(Set(first.map { $0.path.lowercased() }).count == first.count, "two files of one path")
    if bytes.count % 8 == 0, let second = files(of: bytes) {
        precondition(first.map(\.path) == second.map(\.path), "other files the second time")
        precondition(first.map(\.content) == second.map(\.content), "other code the second time")
    }
}

private func files(of bytes: [UInt8]) -> [GeneratedFile]? {
    let pipeline = Pipeline()
    guard let result = try? pipeline.run(bytes, path: "/nowhere/openapi.yaml", configuration: Configuration()) else { return nil }
    for diagnostic in pipeline.diagnostics.all { precondition(!diagnostic.message.isEmpty, "a warning that says nothing") }
    guard let emitter = try? Emitter(toolVersion: "0", overrides: [:]) else { preconditionFailure("the templates") }
    return emitter.emit(result.module, source: "openapi.yaml", layout: .byName)
}
