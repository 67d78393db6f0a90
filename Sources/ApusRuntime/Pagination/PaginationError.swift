/// Why no further page was asked for. ``APIError/pagination`` has it.
public enum PaginationError: ReportableError, Hashable {
    /// The server gave the same value or URL a second time: the pages would go round
    /// for ever.
    case repeated

    /// The next page is on another origin, which nothing is sent to.
    case foreignOrigin

    /// The server says that there is more and does not say where.
    case missingNext

    /// What should ask for the next page is an object or a list.
    case unusableNext

    /// There are more pages than ``CallOptions/maximumPages``.
    case tooManyPages(limit: Int)

    public var description: String {
        switch self {
        case .repeated: "the server gave the same next page a second time"
        case .foreignOrigin: "the next page is on another origin; nothing was sent there"
        case .missingNext: "the server says that there are more pages, but not where"
        case .unusableNext: "the value that should ask for the next page is neither a string nor a number"
        case .tooManyPages(let limit): "there are more than \(limit) pages"
        }
    }
}

extension APIError {
    /// Why no further page was asked for, where that is the error.
    public var pagination: PaginationError? {
        if case .transport(let failure) = self { failure.underlying as? PaginationError } else { nil }
    }

    init(_ error: PaginationError) {
        self = .transport(TransportFailure(error))
    }
}
