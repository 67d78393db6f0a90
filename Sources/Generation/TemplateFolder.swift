#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Templates of the user's own.
enum TemplateFolder {
    static func read(_ path: String?) throws -> [String: String] {
        guard let path else { return [:] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw Failure(description: "\(path): error: the folder of templates cannot be read")
        }
        var result: [String: String] = [:]
        for name in names where name.hasSuffix(".mustache") {
            result[String(name.dropLast(".mustache".count))] = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
        }
        return result
    }
}
