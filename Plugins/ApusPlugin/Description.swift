import Foundation

/// One API description of a target.
struct Description {
    let url: URL
    /// What the generated files' names begin with; no two are the same in one
    /// target.
    let stem: String
    /// How many files of models, and how many of operations, are generated.
    /// The names must be known before the description is read, so only its size
    /// decides: roughly one for each 100 KB.
    let shards: Int

    /// The descriptions among a target's files, in a stable order.
    static func all(among files: [URL]) -> [Description] {
        let found = files.filter(isDescription).sorted { $0.path < $1.path }
        let names = found.map(baseName)
        return zip(found, names).map { url, name in
            let isOnly = names.filter { $0 == name }.count == 1
            let folder = url.deletingLastPathComponent().lastPathComponent
            return Description(url: url, stem: isOnly ? name : "\(folder).\(name)", shards: shards(url))
        }
    }

    /// The configuration beside the description.
    func configuration(among files: [URL]) -> URL? {
        let folder = url.deletingLastPathComponent().path
        let own = Self.baseName(url) + ".apus"
        let beside = files.filter { $0.deletingLastPathComponent().path == folder }
        for name in [own, "apus"] {
            if let match = beside.first(where: {
                $0.deletingPathExtension().lastPathComponent == name && ["yaml", "yml"].contains($0.pathExtension)
            }) {
                return match
            }
        }
        return nil
    }

    /// The names of the files the tool writes with these shards.
    ///
    /// - Parameter configuration: It says whether there are some for tests, on a line of
    ///   its own: `tests: true`.
    func outputNames(configuration: URL?) -> [String] {
        let text = configuration.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? ""
        let hasTests = text.split(whereSeparator: \.isNewline).contains { line in
            let words = line.prefix { $0 != "#" }.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined()
            return !line.hasPrefix(" ") && words == "tests:true"
        }
        return ["\(stem).Client.swift"] + (1...shards).flatMap { ["\(stem).\($0).Models.swift", "\(stem).\($0).Operations.swift"] }
            + (hasTests ? (1...shards).map { "\(stem).\($0).Testing.swift" } : [])
    }

    private static func isDescription(_ url: URL) -> Bool {
        guard ["yaml", "yml", "json"].contains(url.pathExtension.lowercased()) else { return false }
        let name = url.deletingPathExtension().lastPathComponent
        return name == "openapi" || name.hasSuffix(".openapi")
    }

    /// `payments` for `payments.openapi.yaml`, `openapi` for `openapi.yaml`.
    private static func baseName(_ url: URL) -> String {
        let name = url.deletingPathExtension().lastPathComponent
        return name.hasSuffix(".openapi") ? String(name.dropLast(".openapi".count)) : name
    }

    private static func shards(_ url: URL) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path)
        let size = (attributes?[.size] as? Int) ?? 0
        return min(max(size / 100_000, 1), 24)
    }
}
