import Foundation

/// Bold and colored text, where a terminal shows it.
struct TerminalStyle {
    let isOn: Bool

    /// For standard output: on where it is a terminal, unless the environment has
    /// `NO_COLOR` (no-color.org) or a terminal that cannot show it.
    static var output: TerminalStyle { TerminalStyle(isOn: isTerminal(STDOUT_FILENO)) }

    static func isTerminal(_ file: Int32) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(file) != 0 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    func bold(_ text: String) -> String { escaped(text, 1) }
    func dim(_ text: String) -> String { escaped(text, 2) }
    func red(_ text: String) -> String { escaped(text, 31) }
    func yellow(_ text: String) -> String { escaped(text, 33) }
    func cyan(_ text: String) -> String { escaped(text, 36) }

    private func escaped(_ text: String, _ code: Int) -> String {
        isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
