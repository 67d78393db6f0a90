import Declarations
import Emission
import Foundation
import TextScanning

/// What the last run with the same output read, wrote and reported. Where all of
/// it is still as it was, the next run has nothing to do but to report the same.
///
/// It is kept in the user's folder of caches and is no part of the output. A run
/// whose record is missing, unreadable or another's is a run like any other.
struct PreviousRun {
    /// What a run did, besides writing files.
    struct Report {
        /// The warnings, as they were printed.
        var text: String
        /// What was generated, in one line.
        var summary: String
    }

    private let path: String
    private let key: String
    private let output: String

    /// Records that can be there at a time; a further one takes another's place.
    private static let slots: UInt64 = 256

    /// - Parameters:
    ///   - output: The folder that is written to.
    ///   - arguments: All that the output depends on besides the files read.
    /// - Returns: nil where there is no place for records, or the tool cannot
    ///   tell that it is still the same.
    init?(output: String, arguments: [String]) {
        guard let folder = Self.folder, let tool = Self.tool else { return nil }
        let working = FileManager.default.currentDirectoryPath
        key = Self.line([tool, working, output] + arguments)
        path = "\(folder)/\(Fingerprint(of: Array(key.utf8)).value % Self.slots)"
        self.output = output
    }

    /// A file, and what it held when it was looked at.
    struct File {
        var path: String
        var fingerprint: UInt64

        /// nil where there is no file to read.
        init?(at path: String) {
            guard let content = WholeFile.content(of: path) else { return nil }
            self.path = path
            fingerprint = Fingerprint(of: content).value
        }

        /// nil unless all of them can be read.
        static func all(at paths: [String]) -> [File]? {
            let files = paths.compactMap(File.init(at:))
            return files.count == paths.count ? files : nil
        }

        init(_ file: GeneratedFile) {
            path = file.path
            fingerprint = Fingerprint(of: file.content).value
        }

        /// - Parameter line: As ``line`` writes it.
        init?(_ line: Substring) {
            guard let space = line.firstIndex(of: " "), let fingerprint = UInt64(line[..<space]) else { return nil }
            self.fingerprint = fingerprint
            path = String(line[line.index(after: space)...])
        }

        var line: String { "\(fingerprint) \(path)" }

        /// Whether the file at `place` holds the same.
        func isUnchanged(at place: String) -> Bool {
            File(at: place)?.fingerprint == fingerprint
        }
    }

    /// What to report and which files are there, if this run would do the same again.
    func repeated() -> (report: Report, files: [String])? {
        guard let record = WholeFile.content(of: path) else { return nil }
        var lines = String(decoding: record, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst().map(String.init) == key, let summary = lines.popFirst() else { return nil }
        let inputs = Self.files(from: &lines)
        let outputs = Self.files(from: &lines)
        guard !inputs.isEmpty, inputs.allSatisfy({ $0.isUnchanged(at: $0.path) }),
            outputs.allSatisfy({ $0.isUnchanged(at: "\(output)/\($0.path)") })
        else { return nil }
        return (Report(text: lines.joined(separator: "\n"), summary: String(summary)), outputs.map(\.path))
    }

    /// Keeps what this run did.
    ///
    /// - Parameters:
    ///   - inputs: All files that were read, as they were before.
    ///   - files: What the output is now.
    func remember(_ report: Report, inputs: [File], files: [GeneratedFile]) {
        let outputs = files.map(File.init)
        guard !(inputs + outputs).contains(where: { $0.path.contains("\n") }) else { return }
        let lines = [key, report.summary] + inputs.map(\.line) + [""] + outputs.map(\.line) + ["", report.text]
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // Runs at the same time must not write into each other's.
        let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try WholeFile.write(Array(lines.joined(separator: "\n").utf8), to: temporary)
            try WholeFile.move(temporary, to: path)
        } catch {
            remove(temporary)
        }
    }

    /// Those of the lines up to an empty one.
    private static func files(from lines: inout ArraySlice<Substring>) -> [File] {
        var files: [File] = []
        while let line = lines.popFirst(), let file = File(line) { files.append(file) }
        return files
    }

    /// Several texts as one line that no other texts have.
    private static func line(_ texts: [String]) -> String {
        texts.map(\.debugDescription).joined(separator: " ")
    }

    private static var folder: String? {
        FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask).first?.appendingPathComponent("apus").path
    }

    /// What tells this build of the tool from another.
    private static var tool: String? {
        guard let path = Bundle.main.executablePath,
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let changed = attributes[.modificationDate] as? Date, let size = attributes[.size] as? NSNumber
        else { return nil }
        return "\(path) \(size) \(changed.timeIntervalSince1970)"
    }
}
