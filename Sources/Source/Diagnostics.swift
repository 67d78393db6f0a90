
/// One thing a stage has to say about a description.
public struct Diagnostic: Hashable, Sendable {
    public enum Severity: String, Sendable {
        case note, warning, error
    }

    /// What a user can decide about the diagnostics of a code.
    public enum Setting: String, CaseIterable, Sendable {
        case off, note, warning, error
    }

    public var severity: Severity
    public var code: DiagnosticCode
    public var location: SourceLocation?
    public var message: String
    /// Whether something became a more general type than it was described as.
    public var isDegradation = false
}

extension Diagnostic: CustomStringConvertible {
    /// `path:line:column: warning: message`, as compilers print it: one line,
    /// whatever the description's texts in it are.
    public var description: String {
        let place = location.map { "\($0): " } ?? ""
        return "\(place)\(severity.rawValue): \(PlainText.line(message))"
    }

    /// The description with the code after it, `… [duplicate-key]`, so that whoever
    /// reads it knows what to write into `apus.yaml`.
    public var line: String { "\(self) [\(code.rawValue)]" }
}

/// Collects what the stages report, so that none of them has to stop at the first fault.
public final class Diagnostics {
    private var reported: Set<Diagnostic> = []

    /// What the user decided. Codes that are not in it keep their severity.
    public var settings: [DiagnosticCode: Diagnostic.Setting] = [:]

    public init() {}

    /// Everything reported that is not switched off, each once, in the order of the
    /// description.
    public var all: [Diagnostic] {
        reported.compactMap(configured).sorted { left, right in
            guard left.location == right.location else {
                guard let leftLocation = left.location else { return true }
                guard let rightLocation = right.location else { return false }
                return leftLocation < rightLocation
            }
            return left.message < right.message
        }
    }

    public func note(_ code: DiagnosticCode, _ message: String, at location: SourceLocation?) {
        report(.note, code, message, location)
    }

    public func warn(_ code: DiagnosticCode, _ message: String, at location: SourceLocation?) {
        report(.warning, code, message, location)
    }

    /// Warns that something becomes a more general type than it was described as.
    public func degrade(_ code: DiagnosticCode, _ message: String, at location: SourceLocation?) {
        report(.warning, code, message, location, isDegradation: true)
    }

    private func report(
        _ severity: Diagnostic.Severity, _ code: DiagnosticCode, _ message: String, _ location: SourceLocation?, isDegradation: Bool = false
    ) {
        reported.insert(
            Diagnostic(severity: severity, code: code, location: location, message: message, isDegradation: isDegradation))
    }

    /// - Returns: nil where the user switched it off.
    private func configured(_ diagnostic: Diagnostic) -> Diagnostic? {
        guard let setting = settings[diagnostic.code] else { return diagnostic }
        guard let severity = Diagnostic.Severity(rawValue: setting.rawValue) else { return nil }
        var diagnostic = diagnostic
        diagnostic.severity = severity
        return diagnostic
    }
}
