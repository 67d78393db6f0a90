#if canImport(FoundationNetworking)
    import Foundation

    /// The variables by which libcurl finds a proxy.
    struct ProxyEnvironment: Sendable {
        private let hasProxy: Bool
        private let exceptions: [String]

        static let current = ProxyEnvironment(ProcessInfo.processInfo.environment)

        /// - Parameter variables: `http_proxy`, which counts in lower case only, `all_proxy` and `no_proxy`.
        init(_ variables: [String: String]) {
            hasProxy = ["http_proxy", "all_proxy", "ALL_PROXY"].contains { !(variables[$0] ?? "").isEmpty }
            let list = variables["no_proxy"] ?? variables["NO_PROXY"] ?? ""
            exceptions = list.split { $0 == "," || $0 == " " }.map { $0.lowercased() }
        }

        /// Whether a plain http request to a host goes to the proxy. Ranges of
        /// addresses, which only later versions of libcurl know, count as none.
        func takesHTTP(to host: String) -> Bool {
            guard hasProxy else { return false }
            let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
            return !exceptions.contains { exception in
                if exception == "*" { return true }
                var exception = exception[...]
                if exception.hasPrefix("[") { exception = exception.dropFirst().prefix { $0 != "]" } }
                if exception.hasPrefix(".") { exception = exception.dropFirst() }
                return name == exception || name.hasSuffix("." + exception)
            }
        }
    }
#endif
