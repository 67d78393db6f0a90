import HTTPTypes

/// Sends a request and follows redirects within its origin.
///
/// A redirect to another origin is returned as it is: what authorizes a request
/// is bound to the origin it was made for, and only the caller knows better.
struct RedirectFollower: Sendable {
    /// How many redirects are followed.
    static let limit = 20

    let transport: any Transport

    /// - Throws: ``RedirectError/tooMany``, and what the transport throws.
    func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        let (response, content) = try await transport.send(request, body: body, context: context)
        return Self.isRedirect(response) ? try await follow(request, body, response, content, context) : (response, content)
    }

    static func isRedirect(_ response: HTTPResponse) -> Bool { 300...399 ~= response.status.code }

    /// Follows what a response asks for, if it is a redirect.
    func follow(
        _ request: HTTPRequest, _ body: HTTPBody?, _ response: HTTPResponse, _ content: HTTPBody,
        _ context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        guard let origin = Origin(scheme: request.scheme ?? "", authority: request.authority ?? "") else {
            return (response, content)
        }
        var (request, body, response, content) = (request, body, response, content)
        var count = 0
        while let redirected = Redirect.within(origin: origin, of: request, body: body, response) {
            await content.discardIfShort()
            try Task.checkCancellation()
            count += 1
            guard count <= Self.limit else { throw RedirectError.tooMany }
            (request, body) = redirected
            (response, content) = try await transport.send(request, body: body, context: context)
        }
        return (response, content)
    }
}

/// Why a redirect was not followed to its end.
public enum RedirectError: ReportableError, Hashable {
    /// The server redirects on and on.
    case tooMany

    public var description: String {
        switch self {
        case .tooMany: "more than \(RedirectFollower.limit) redirects"
        }
    }
}

extension HTTPBody {
    /// Reads a short body to its end, which frees the connection for what
    /// follows; of a long one, or one whose length is not known, nothing is read.
    func discardIfShort() async {
        if let length, length <= 65_536 { _ = try? await collect(upTo: 65_536) }
    }
}
