import Foundation
import Source
import SpecSource

/// A description to try rounds on.
public struct Description: Sendable {
    /// The path within the folder it was found in.
    public var name: String
    public var path: String
    public var value: Value

    public init(name: String, path: String, value: Value) {
        self.name = name
        self.path = path
        self.value = value
    }

    /// Reads a file.
    ///
    /// - Throws: ``Unsuitable`` for what rounds cannot be tried on.
    public init(name: String, path: String) throws {
        let value: Value
        do {
            value = Value(try SourceReader.read(path: path, diagnostics: Diagnostics()).root)
        } catch {
            throw Unsuitable(reason: "\(error)")
        }
        guard value["openapi"] != nil || value["swagger"] != nil else { throw Unsuitable(reason: "not an API description") }
        if let reference = value.references.sorted().first(where: { !$0.hasPrefix("#") }) {
            throw Unsuitable(reason: "it refers to other files (\(reference))")
        }
        self.init(name: name, path: path, value: value)
    }

    /// Why no rounds are tried on a file.
    public struct Unsuitable: Error {
        public var reason: String
    }

    /// The paths of all files in a folder that may be descriptions, in a stable order.
    public static func files(in folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { name in [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) } }.sorted()
    }
}
