
/// One thing a stage has to say about a description.
public struct Diagnostic: Hashable, Sendable {
    public enum Severity: String, Sendable {
        case note, warning
    }

    public var severity: Severity
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
}

/// Collects what the stages report, so that none of them has to stop at the first fault.
public final class Diagnostics {
    private var reported: Set<Diagnostic> = []

    public init() {}

    /// Everything reported, each once, in the order of the description.
    public var all: [Diagnostic] {
        reported.sorted { left, right in
            guard left.location == right.location else {
                guard let leftLocation = left.location else { return true }
                guard let rightLocation = right.location else { return false }
                return leftLocation < rightLocation
            }
            return left.message < right.message
        }
    }

    public func note(_ message: String, at location: SourceLocation?) {
        report(.note, message, location)
    }

    public func warn(_ message: String, at location: SourceLocation?) {
        report(.warning, message, location)
    }

    /// Warns that something becomes a more general type than it was described as.
    public func degrade(_ message: String, at location: SourceLocation?) {
        report(.warning, message, location, isDegradation: true)
    }

    private func report(
        _ severity: Diagnostic.Severity, _ message: String, _ location: SourceLocation?, isDegradation: Bool = false
    ) {
        reported.insert(
            Diagnostic(severity: severity, location: location, message: message, isDegradation: isDegradation))
    }
}
