/// What carries the requests of clients that are given no other transport:
/// `AsyncHTTPClientTransport` on Linux where the package trait `AsyncHTTPClient` is on,
/// ``URLSessionTransport`` everywhere else.
#if AsyncHTTPClient && os(Linux)
    public typealias StandardTransport = AsyncHTTPClientTransport
#else
    public typealias StandardTransport = URLSessionTransport
#endif
