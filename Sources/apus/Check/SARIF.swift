import Foundation
import Generation
import Source

/// Diagnostics in the Static Analysis Results Interchange Format 2.1.0 (OASIS),
/// which code review shows as annotations.
struct SARIF {
    private struct Result {
        var rule: String
        var level: String
        var message: String
        var location: SourceLocation?
    }

    /// The rule of a description that cannot be used at all. It is not a code of
    /// diagnostics: nothing can be decided about it.
    private static let unusable = "unusable-description"

    private let results: [Result]

    init(_ diagnostics: [Diagnostic]) {
        results = diagnostics.map {
            Result(rule: $0.code.rawValue, level: $0.severity.rawValue, message: $0.message, location: $0.location)
        }
    }

    init(_ error: SourceError) {
        let message = error.message + (error.hint.map { " (\($0))" } ?? "")
        results = [Result(rule: Self.unusable, level: Diagnostic.Severity.error.rawValue, message: message, location: error.location)]
    }

    func text() throws -> String {
        let rules =
            DiagnosticCode.allCases.map { rule($0.rawValue, $0.summary) } + [rule(Self.unusable, "The description cannot be used at all.")]
        let driver: [String: Any] = ["name": "apus", "semanticVersion": ToolVersion.current, "rules": rules]
        let log: [String: Any] = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                ["tool": ["driver": driver], "columnKind": "unicodeCodePoints", "results": results.map(object)] as [String: Any]
            ],
        ]
        let data = try JSONSerialization.data(withJSONObject: log, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }

    private func rule(_ identifier: String, _ summary: String) -> [String: Any] {
        ["id": identifier, "shortDescription": ["text": summary]]
    }

    private func object(_ result: Result) -> [String: Any] {
        var object: [String: Any] = ["ruleId": result.rule, "level": result.level, "message": ["text": PlainText.line(result.message)]]
        if let location = result.location {
            object["locations"] = [
                [
                    "physicalLocation": [
                        "artifactLocation": ["uri": Self.address(of: location.path)],
                        "region": ["startLine": location.line, "startColumn": location.column],
                    ] as [String: Any]
                ]
            ]
        }
        return object
    }

    /// A path as a URI: relative to where the tool runs, which is the repository's
    /// root in CI, or a `file` URL.
    private static func address(of path: String) -> String {
        if path.contains("://") { return path }
        if path.hasPrefix("/") { return URL(filePath: path).absoluteString }
        return path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
    }
}
