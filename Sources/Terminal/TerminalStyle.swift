import Foundation

/// Bold and colored text, where a terminal shows it.
public struct TerminalStyle: Sendable {
    /// Whether anything is added to a text.
    public let isOn: Bool

    /// Creates a style.
    public init(isOn: Bool) {
        self.isOn = isOn
    }

    /// The style of standard output: on where it is a terminal, unless the environment has
    /// `NO_COLOR` (no-color.org) or a terminal that cannot show it.
    public static var output: TerminalStyle { TerminalStyle(isOn: isTerminal(STDOUT_FILENO)) }

    /// Whether a file descriptor is of a terminal that shows more than plain text.
    public static func isTerminal(_ file: Int32) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(file) != 0 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Text in bold.
    public func bold(_ text: String) -> String { escaped(text, 1) }
    /// Text that is less important.
    public func dim(_ text: String) -> String { escaped(text, 2) }
    /// Red text.
    public func red(_ text: String) -> String { escaped(text, 31) }
    /// Yellow text.
    public func yellow(_ text: String) -> String { escaped(text, 33) }
    /// Cyan text.
    public func cyan(_ text: String) -> String { escaped(text, 36) }

    private func escaped(_ text: String, _ code: Int) -> String {
        isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
