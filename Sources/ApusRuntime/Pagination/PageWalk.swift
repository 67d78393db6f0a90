import Foundation
import HTTPTypes

/// Where one walk over pages is: a value that knows nothing of how pages are asked for.
struct PageWalk: Sendable {
    let pagination: Pagination
    /// What asks for the next page; `nil` before the first one that asks for itself.
    private(set) var continuation: PageContinuation?
    private(set) var isFinished = false
    /// Why no further page can be asked for. The page that says so has been delivered.
    private(set) var fault: PaginationError?
    private(set) var pageCount = 0
    private var asked: Set<PagePosition> = []

    init(_ pagination: Pagination, from range: PageRange) {
        self.pagination = pagination
        if case .from(let continuation) = range {
            self.continuation = continuation
            asked.insert(continuation.position)
        }
    }

    /// Goes on after a page.
    ///
    /// - Parameters:
    ///   - start: What the first request asked for by itself.
    ///   - count: How many items the page has.
    mutating func pass(_ response: Response, start: PagePosition?, count: Int) {
        pageCount += 1
        let current = continuation?.position ?? start
        if let start { asked.insert(start) }
        let total = continuation.map(\.count) ?? (startsFirst(start) ? 0 : nil)
        let passed = total.map { $0 + count }
        do throws(PaginationError) {
            guard let next = try next(after: current, response, count: count, passed: passed) else {
                isFinished = true
                continuation = nil
                return
            }
            guard asked.insert(next).inserted else { throw .repeated }
            continuation = PageContinuation(operation: response.operation, position: next, count: passed)
        } catch {
            fault = error
            continuation = nil
        }
    }

    /// Whether a walk that begins so begins with the first page.
    private func startsFirst(_ start: PagePosition?) -> Bool {
        guard let start else { return true }
        guard case .number(_, let first, _) = pagination.style else { return false }
        return Self.number(start) == first
    }

    private func next(
        after current: PagePosition?, _ response: Response, count: Int, passed: Int?
    ) throws(PaginationError) -> PagePosition? {
        let isLast = pagination.isLast.flatMap { value(at: $0, in: response)?.bool }
        let hasMore = pagination.hasMore.flatMap { value(at: $0, in: response)?.bool } ?? isLast.map { !$0 }
        if hasMore == false || isLast == true { return nil }
        switch pagination.style {
        case .value(_, let place):
            if let next = try position(at: place, in: response) { return next }
        case .url(let place):
            if let next = try target(at: place, in: response) { return next }
        case .number(_, let first, let step):
            return try number(
                after: current.flatMap(Self.number) ?? first, first: first, step: step, response, count: count, passed: passed,
                hasMore: hasMore)
        }
        if hasMore == true { throw .missingNext }
        return nil
    }

    private func number(
        after number: Int, first: Int, step: Pagination.Step, _ response: Response, count: Int, passed: Int?, hasMore: Bool?
    ) throws(PaginationError) -> PagePosition? {
        let (next, isTooLarge) = number.addingReportingOverflow(step == .page ? 1 : count)
        if isTooLarge { throw .unusableNext }
        if let pages = amount(at: pagination.totalPages, in: response) { return next - first < pages ? .number(next) : nil }
        if hasMore != true, count == 0 { return nil }
        if let total = amount(at: pagination.total, in: response) {
            let before = step == .item ? next - first : passed
            if let before, before >= total { return nil }
        }
        return .number(next)
    }

    private func amount(at place: JSONPointer?, in response: Response) -> Int? {
        guard let place, let value = value(at: place, in: response) else { return nil }
        return value.int ?? value.string.flatMap { Int($0) }
    }

    private func position(at place: PageValue, in response: Response) throws(PaginationError) -> PagePosition? {
        switch place.place {
        case .body(let pointer):
            switch value(at: pointer, in: response) {
            case nil, .null?, .bool(false)?: return nil
            case .string(let text)? where text.isEmpty: return nil
            case let value?:
                guard let position = PagePosition(value) else { throw .unusableNext }
                return position
            }
        case .header, .link:
            return text(of: place, in: response).map { .value($0, isNumber: false) }
        }
    }

    private func target(at place: PageValue, in response: Response) throws(PaginationError) -> PagePosition? {
        var found = text(of: place, in: response)
        if case .body = place.place, let position = try position(at: place, in: response) {
            guard case .value(let text, isNumber: false) = position else { throw .unusableNext }
            found = text
        }
        guard let found, let url = response.url, let origin = Origin(url: url) else { return nil }
        let path = url[(url.firstRange(of: "://")?.upperBound ?? url.startIndex)...].drop { $0 != "/" }
        guard let target = URLReference(found).resolved(against: String(path), origin: origin) else { throw .foreignOrigin }
        // Servers write characters that no URL has, such as spaces and letters beyond ASCII.
        var encoded = ""
        PercentEncoding.append(target, to: &encoded, keeping: .pathAndQuery, keepsTriplets: true)
        return .target(encoded)
    }

    private func text(of place: PageValue, in response: Response) -> String? {
        let found: String?
        switch place.place {
        case .body: return nil
        case .header(let name): found = HTTPField.Name(name).flatMap { response.headerFields[$0] }
        case .link: found = LinkField.target(of: "next", in: response.headerFields)
        }
        return found.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func value(at place: JSONPointer, in response: Response) -> JSONValue? {
        response.body.withUnsafeBytes { place.value(in: $0) }
    }

    private static func number(_ position: PagePosition) -> Int? {
        switch position {
        case .number(let number): number
        case .value(let text, _): Int(text)
        case .target: nil
        }
    }
}
