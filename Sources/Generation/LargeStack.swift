import Foundation

/// Schemas may contain each other thousands of levels deep, and each level
/// takes a part of the stack: more of it than the main thread has.
public enum LargeStack {
    private static let size = 1 << 29

    /// Runs `work` on a thread with a large stack, and waits for it.
    public static func run(_ work: @escaping @Sendable () -> Void) {
        let isDone = DispatchSemaphore(value: 0)
        let thread = Thread {
            work()
            isDone.signal()
        }
        thread.stackSize = size
        thread.start()
        isDone.wait()
    }
}
