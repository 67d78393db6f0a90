import HTTPTypes

/// Which request a redirect response asks for (RFC 9110 section 15.4).
enum Redirect {
    /// - Returns: `nil` if the response is not a redirect, leads to another
    ///   origin, or needs a body again that can be read only once.
    static func within(
        origin: Origin, of request: HTTPRequest, body: HTTPBody?, _ response: HTTPResponse
    ) -> (HTTPRequest, HTTPBody?)? {
        let becomesGet: Bool
        switch response.status.code {
        case 301, 302: becomesGet = request.method == .post
        case 303: becomesGet = request.method != .get && request.method != .head
        case 307, 308: becomesGet = false
        default: return nil
        }
        guard let location = response.headerFields[.location],
            let target = URLReference(location).resolved(against: request.path ?? "/", origin: origin)
        else { return nil }

        var redirected = request
        redirected.path = target
        guard !becomesGet else {
            redirected.method = .get
            let ofContent = redirected.headerFields.filter { $0.name.canonicalName.hasPrefix("content-") }
            for field in ofContent { redirected.headerFields[field.name] = nil }
            return (redirected, nil)
        }
        guard body?.isReplayable ?? true else { return nil }
        return (redirected, body)
    }
}
