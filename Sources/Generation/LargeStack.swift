#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Schemas may contain each other thousands of levels deep, and each level
/// takes a part of the stack: more of it than the main thread has.
public enum LargeStack {
    private static let size = 1 << 29

    private final class Work {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// Runs `work` on a thread with a large stack, and waits for it.
    public static func run(_ work: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, size)
        let argument = Unmanaged.passRetained(Work(work)).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
            let failure = pthread_create(
                &thread, &attributes,
                { argument in
                    Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                    return nil
                }, argument)
            if failure == 0, let thread { pthread_join(thread, nil) }
        #else
            var thread = pthread_t()
            let failure = pthread_create(
                &thread, &attributes,
                { argument in
                    if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
                    return nil
                }, argument)
            if failure == 0 { pthread_join(thread, nil) }
        #endif
        // Where memory for the stack is limited, that of this thread has to do.
        if failure != 0 { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
    }
}
