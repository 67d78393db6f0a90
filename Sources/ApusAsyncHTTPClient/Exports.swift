// The transport is the runtime's own, so that it can be the default of clients. This
// module has what it is configured with: `HTTPClient.Configuration` and the like.
#if AsyncHTTPClient
    @_exported public import ApusRuntime
    @_exported public import AsyncHTTPClient
#endif
