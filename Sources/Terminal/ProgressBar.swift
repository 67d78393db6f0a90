import Foundation

/// A bar on the terminal for work that takes longer than a second. Where standard
/// error is not a terminal, nothing is printed.
public final class ProgressBar: @unchecked Sendable {
    /// In seconds.
    private static let patience = 1.0
    /// In characters.
    private static let width = 24

    private let steps: Int
    private let isShown = TerminalStyle.isTerminal(STDERR_FILENO)
    private let lock = NSLock()
    // The lock guards these.
    private var done = 0
    private var title = ""
    private var isDrawn = false
    private var hasEnded = false
    private let begun = DispatchTime.now()

    /// Creates a bar for work of so many steps.
    public init(steps: Int) {
        self.steps = steps
        // A first step that takes long is shown too.
        guard isShown else { return }
        DispatchQueue.global().asyncAfter(deadline: begun + Self.patience) { [weak self] in self?.draw() }
    }

    /// Says that a step begins, and that those before it are done.
    public func begin(_ step: Int, _ title: String) {
        lock.withLock {
            done = step
            self.title = title
        }
        if isShown, DispatchTime.now() > begun + Self.patience { draw() }
    }

    /// Takes the bar away until the next step begins, so that something else can be printed.
    public func clear() {
        lock.withLock { erase() }
    }

    /// Takes the bar away.
    public func end() {
        lock.withLock {
            hasEnded = true
            erase()
        }
    }

    /// Only with the lock.
    private func erase() {
        guard isDrawn else { return }
        isDrawn = false
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }

    private func draw() {
        lock.withLock {
            guard !hasEnded else { return }
            isDrawn = true
            let filled = Self.width * done / max(steps, 1)
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
            FileHandle.standardError.write(Data("\r\u{1B}[K\(bar) \(title)".utf8))
        }
    }
}
