import Source
import SpecSource
import SyntaxTree

/// Adds names to the `rename` of a configuration's text, and leaves all else in it as
/// it is: comments, order, blank lines.
public struct RenameLines {
    /// A part of `rename`, and its names by what the description calls things.
    public typealias Section = (name: String, names: [(key: String, name: String)])

    private let sections: [Section]

    /// Creates lines. Sections without names are left out.
    public init(_ sections: [Section]) {
        self.sections = sections.filter { !$0.names.isEmpty }
    }

    /// The lines by themselves.
    public var text: String {
        sections.isEmpty ? "" : "rename:\n" + sections.map { section($0, indentation: 2) }.joined()
    }

    /// The text of a configuration with the lines in it.
    ///
    /// - Throws: `SourceError` where the text is not a configuration, or has the names on
    ///   one line in braces, which would have to be written anew.
    public func merged(into text: String, path: String) throws(SourceError) -> String {
        if sections.isEmpty { return text }
        let diagnostics = Diagnostics()
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        let isEmpty = lines.allSatisfy { line in
            let content = line.drop { $0 == " " }
            return content.isEmpty || content.hasPrefix("#") || content == "---"
        }
        if isEmpty { return (lines + [self.text]).joined(separator: "\n") }
        let root = try SourceReader.parse(Array(text.utf8), path: path, diagnostics: diagnostics).root
        try checkIsBlock(root, lines)
        guard let rename = root["rename"], let place = root.keyLocation("rename") else {
            return (lines + ["", self.text]).joined(separator: "\n")
        }
        try checkIsBlock(rename, lines)
        var insertions: [(line: Int, text: String)] = []
        let indentation = rename.members.first.flatMap { rename.keyLocation($0.key) }.map { $0.column - 1 } ?? place.column + 1
        for section in sections {
            guard let known = rename[section.name], let key = rename.keyLocation(section.name) else {
                insertions.append((place.line, self.section(section, indentation: indentation)))
                continue
            }
            try checkIsBlock(known, lines)
            let inner = known.members.first.flatMap { known.keyLocation($0.key) }.map { $0.column - 1 } ?? indentation + 2
            // A name that was given already was of no use to either description.
            let names = section.names.filter { known[$0.key] == nil }
            insertions.append((key.line, self.names(names, indentation: inner)))
        }
        // From the bottom up, so that what is above stays where it is.
        let ordered = insertions.enumerated().sorted { ($0.element.line, $0.offset) > ($1.element.line, $1.offset) }.map(\.element)
        for insertion in ordered where !insertion.text.isEmpty {
            lines.insert(String(insertion.text.dropLast()), at: insertion.line)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func checkIsBlock(_ node: Node, _ lines: [String]) throws(SourceError) {
        let location = node.location
        guard node.kind == .mapping || node.kind == .null else {
            throw SourceError(location: location, message: "this should be a mapping", hint: "with a name on each line")
        }
        guard node.kind == .mapping, lines.indices.contains(location.line - 1) else { return }
        guard lines[location.line - 1].unicodeScalars.dropFirst(location.column - 1).first == "{" else { return }
        throw SourceError(
            location: location, message: "names cannot be added to a mapping in braces",
            hint: "write it with a name on each line, or add what is printed without `--write`")
    }

    // MARK: - YAML

    private func section(_ section: Section, indentation: Int) -> String {
        String(repeating: " ", count: indentation) + section.name + ":\n" + names(section.names, indentation: indentation + 2)
    }

    private func names(_ names: [(key: String, name: String)], indentation: Int) -> String {
        names.map { String(repeating: " ", count: indentation) + "\(Self.scalar($0.key)): \(Self.scalar($0.name))\n" }.joined()
    }

    /// A text as YAML, in quotes where it could be read as something else.
    private static func scalar(_ text: String) -> String {
        let isPlain = text.unicodeScalars.first.map { $0.isASCII && $0.properties.isAlphabetic } == true
            && text.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "_./-{} ".unicodeScalars.contains($0)) }
            && !text.hasSuffix(" ")
        let words: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        if isPlain, !words.contains(text.lowercased()) { return text }
        return "\"" + text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count) + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }.joined() + "\""
    }
}
