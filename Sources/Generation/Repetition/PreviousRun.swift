import Declarations
import Emission
import TextScanning

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Darwin)
    import Darwin
#endif

/// What the last run with the same output read, wrote and reported. Where all of
/// it is still as it was, the next run has nothing to do but to report the same.
///
/// A build plugin may write to its own folder alone (SwiftPM's sandbox on macOS), so
/// its record lies beside what it generates. That of the command line, whose output is
/// among the user's sources, lies in the user's folder of caches. A run whose record is
/// missing, unreadable or another's is a run like any other.
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
    ///   - isPlugin: Whether the folder is a build plugin's own.
    ///   - arguments: All that the output depends on besides the files read.
    /// - Returns: nil where there is no place for records, or the tool cannot
    ///   tell that it is still the same.
    init?(output: String, isPlugin: Bool, arguments: [String]) {
        guard let tool = Self.tool else { return nil }
        let working = FileManager.default.currentDirectoryPath
        key = Self.line([tool, working, output] + arguments)
        if isPlugin {
            path = "\(output)/.last-run"
        } else {
            guard let folder = Self.folder else { return nil }
            path = "\(folder)/\(Fingerprint(of: Array(key.utf8)).value % Self.slots)"
        }
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
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Runs at the same time must not write into each other's.
        let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try WholeFile.write(Array(lines.joined(separator: "\n").utf8), to: temporary)
            try WholeFile.move(temporary, to: path)
        } catch {
            WholeFile.remove(temporary)
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
        FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask).first?.appending(path: "apus").path
    }

    /// What tells this build of the tool from another.
    private static var tool: String? {
        guard let path = executable, let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let changed = attributes[.modificationDate] as? Date,
            // A number of another type in FoundationEssentials.
            let size = attributes[.size].map({ "\($0)" })
        else { return nil }
        return "\(path) \(size) \(changed.timeIntervalSince1970)"
    }

    private static var executable: String? {
        #if canImport(Darwin)
            var size = UInt32(PATH_MAX)
            var buffer = [CChar](repeating: 0, count: Int(size))
            guard _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
            return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        #else
            return try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #endif
    }
}
