#if AsyncHTTPClient && os(Linux)
    /// What carries the requests of clients that are given no other transport:
    /// `AsyncHTTPClientTransport` on Linux where the package trait `AsyncHTTPClient` is on,
    /// ``URLSessionTransport`` everywhere else.
    public typealias StandardTransport = AsyncHTTPClientTransport
#else
    /// What carries the requests of clients that are given no other transport:
    /// `AsyncHTTPClientTransport` on Linux where the package trait `AsyncHTTPClient` is on,
    /// ``URLSessionTransport`` everywhere else.
    public typealias StandardTransport = URLSessionTransport
#endif
