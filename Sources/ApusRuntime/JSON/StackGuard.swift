#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif os(Windows)
import WinSDK
#endif

/// What is left of the thread's stack while a text is read or written.
///
/// A level of nesting costs what the types of that level need: some hundred
/// bytes for a list, many kilobytes for a struct of hundreds of properties in a
/// debug build. So a limit of levels protects no thread whose stack is small.
struct StackGuard {
    /// The address that no level may begin below; above all of them before the
    /// first level is entered.
    private var limit = UInt.max

    /// Whether a level of nesting may begin.
    ///
    /// - Parameter size: The bytes of the value that is read or written there.
    @inline(__always)
    mutating func hasRoom(for size: Int) -> Bool {
        let position = Self.position
        let needed = UInt(bitPattern: size) &* Self.framesPerValue
        return position &- needed > limit || hasRoomWhenMeasured(position, needed)
    }

    /// How often a value lies in the frames of its level: as it is put together, as a
    /// result, as an element, and for each of its properties in an unoptimized build.
    private static let framesPerValue: UInt = 16

    @inline(__always)
    private static var position: UInt {
        var marker: UInt8 = 0
        return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    }

    @inline(never)
    private mutating func hasRoomWhenMeasured(_ position: UInt, _ needed: UInt) -> Bool {
        guard limit == .max else { return false }
        if let real = AddressSanitizer.stackPosition { return real &- needed > Self.limit(at: real) }
        limit = Self.limit(at: position)
        return position &- needed > limit
    }

    /// What is kept free of the smallest stacks.
    private static let leastReserve: UInt = 48 << 10

    private static func limit(at position: UInt) -> UInt {
        if let stack = StackBounds.ofThisThread(), stack.lowest < position, position - stack.lowest <= stack.size {
            // Levels are checked when they begin. What a level may take beyond
            // that, and what it calls, is kept free: the first use of a type has its
            // metadata made on this stack.
            return stack.lowest + min(max(stack.size / 4, leastReserve), 256 << 10)
        }
        // Not a stack that the system knows of. The smallest that threads get is 128 KiB.
        return position > leastReserve ? position - leastReserve : 0
    }
}

/// Where the stack of a thread lies. It grows downwards on all platforms.
private struct StackBounds {
    let lowest: UInt
    let size: UInt

    /// The bounds for the thread that asks; `nil` where the system does not tell them.
    static func ofThisThread() -> StackBounds? {
        #if os(Windows)
        return measured()
        #elseif canImport(Darwin) || canImport(Glibc) || canImport(Musl) || canImport(Android)
        // For the main thread of Linux, the C library reads a file to find out.
        guard let key = Self.key else { return measured() }
        if let known = pthread_getspecific(key) { return known.load(as: StackBounds.self) }
        guard let bounds = measured() else { return nil }
        let memory = UnsafeMutablePointer<StackBounds>.allocate(capacity: 1)
        memory.initialize(to: bounds)
        if pthread_setspecific(key, memory) != 0 { memory.deallocate() }
        return bounds
        #else
        return nil
        #endif
    }

    #if canImport(Darwin) || canImport(Glibc) || canImport(Musl) || canImport(Android)
    /// Where each thread keeps its own bounds, once it has asked for them.
    private static let key: pthread_key_t? = {
        var key = pthread_key_t()
        return pthread_key_create(&key, { free($0) }) == 0 ? key : nil
    }()
    #endif

    private static func measured() -> StackBounds? {
        #if canImport(Darwin)
        let size = UInt(pthread_get_stacksize_np(pthread_self()))
        return StackBounds(lowest: UInt(bitPattern: pthread_get_stackaddr_np(pthread_self())) - size, size: size)
        #elseif canImport(Glibc) || canImport(Musl) || canImport(Android)
        var attributes = pthread_attr_t()
        guard attributesOfThread(pthread_self(), &attributes) == 0 else { return nil }
        defer { pthread_attr_destroy(&attributes) }
        var lowest: UnsafeMutableRawPointer?
        var size = 0
        guard pthread_attr_getstack(&attributes, &lowest, &size) == 0, let lowest else { return nil }
        return StackBounds(lowest: UInt(bitPattern: lowest), size: UInt(size))
        #elseif os(Windows)
        var lowest: ULONG_PTR = 0
        var highest: ULONG_PTR = 0
        GetCurrentThreadStackLimits(&lowest, &highest)
        return StackBounds(lowest: UInt(lowest), size: UInt(highest - lowest))
        #else
        return nil
        #endif
    }
}

/// The address sanitizer keeps the variables of a function outside of the stack, to find
/// out who uses them after the function has returned.
private enum AddressSanitizer {
    /// Where the stack of this thread has come to; `nil` without a sanitizer that keeps
    /// variables elsewhere.
    static var stackPosition: UInt? {
        guard let functions, let fakeStack = functions.fakeStack() else { return nil }
        var marker: UInt8 = 0
        let frame = withUnsafeMutablePointer(to: &marker) { functions.realFrame(fakeStack, $0, nil, nil) }
        return frame.map { UInt(bitPattern: $0) }
    }

    private typealias FakeStack = @convention(c) () -> UnsafeMutableRawPointer?
    private typealias RealFrame = @convention(c) (
        _ fakeStack: UnsafeMutableRawPointer, _ variable: UnsafeMutableRawPointer?, _ begin: UnsafeMutableRawPointer?,
        _ end: UnsafeMutableRawPointer?
    ) -> UnsafeMutableRawPointer?

    /// `sanitizer/asan_interface.h`: what an instrumented process has, and no other.
    private static let functions: (fakeStack: FakeStack, realFrame: RealFrame)? = {
        #if canImport(Darwin) || canImport(Glibc) || canImport(Musl) || canImport(Android)
        #if canImport(Darwin)
        let everywhere = UnsafeMutableRawPointer(bitPattern: -2)
        #else
        let everywhere: UnsafeMutableRawPointer? = nil
        #endif
        guard let fakeStack = dlsym(everywhere, "__asan_get_current_fake_stack"),
            let realFrame = dlsym(everywhere, "__asan_addr_is_in_fake_stack")
        else { return nil }
        return (unsafeBitCast(fakeStack, to: FakeStack.self), unsafeBitCast(realFrame, to: RealFrame.self))
        #else
        return nil
        #endif
    }()
}

#if !canImport(Darwin) && (canImport(Glibc) || canImport(Musl) || canImport(Android))
/// The C library's function, which its headers show to GNU sources only.
@_silgen_name("pthread_getattr_np")
private func attributesOfThread(_ thread: pthread_t, _ attributes: UnsafeMutablePointer<pthread_attr_t>) -> Int32
#endif
