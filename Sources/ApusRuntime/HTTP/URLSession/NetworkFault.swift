import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What URL loading reports when a transfer fails.
enum NetworkFault {
    /// The same fault without `userInfo`, which holds the URL, whose query may be secret.
    ///
    /// - Parameter hasHead: Whether the head of the response had arrived.
    static func error(_ error: any Error, hasHead: Bool) -> any Error {
        guard let error = error as? URLError else { return URLError(.unknown) }
        #if canImport(FoundationNetworking)
            return URLError(code(of: error, hasHead: hasHead))
        #else
            return URLError(error.code)
        #endif
    }

    #if canImport(FoundationNetworking)
        /// libcurl's codes are mapped to few of URL loading's, some of them misleading.
        private static func code(of error: URLError, hasHead: Bool) -> URLError.Code {
            switch error.code {
            case .unsupportedURL:
                // The request's scheme was checked, so it is the response that is not HTTP.
                return .badServerResponse
            case .unknown where hasHead:
                return .networkConnectionLost
            case .unknown, .badServerResponse:
                let text = error.localizedDescription
                let isLost = ["Recv failure", "Send failure", "Empty reply", "transfer closed"].contains { text.contains($0) }
                return isLost ? .networkConnectionLost : .badServerResponse
            default:
                return error.code
            }
        }
    #endif
}
