import Foundation
import HTTPTypes

/// One request for one page. The client that makes it has it in its core, so that
/// the operation's own method is what asks for every page.
final class PageTurn: @unchecked Sendable {
    private let pagination: Pagination
    private let continuation: PageContinuation?
    private let lock = NSLock()
    private var asked: PagePosition?
    let responses: ResponseRecorder

    /// - Parameter continuation: Which page is asked for; `nil` for the one that the
    ///   request asks for by itself.
    init(_ pagination: Pagination, _ continuation: PageContinuation?, within recorder: ResponseRecorder?) {
        self.pagination = pagination
        self.continuation = continuation
        responses = ResponseRecorder(within: recorder)
    }

    /// What the request asked for by itself, where it has a parameter for that.
    var start: PagePosition? { lock.withLock { asked } }

    /// The request for the page.
    func request(_ request: Request) -> Request {
        var request = request
        guard let continuation else {
            if let parameter = pagination.parameter {
                let value = request.pageValue(at: parameter)
                lock.withLock { asked = value }
            }
            return request
        }
        guard continuation.operation == request.operation else {
            request.fail("continuation", "it is one of \(continuation.operation)")
            return request
        }
        switch (continuation.position, pagination.parameter) {
        case (.target(let target), nil): request.replaceTarget(target)
        case (.value(let text, let isNumber), let parameter?): request.setPageValue(text, isNumber: isNumber, at: parameter)
        case (.number(let number), let parameter?): request.setPageValue("\(number)", isNumber: true, at: parameter)
        default: request.fail("continuation", "the operation pages in another way now")
        }
        return request
    }
}

extension Request {
    /// Sets path and query of the whole URL, as a server gave them.
    mutating func replaceTarget(_ target: String) {
        parts.target = target
        parts.hasQuery = target.contains("?")
        parts.isWholeTarget = true
    }

    /// What the request has in the place that says which page it is for.
    fileprivate func pageValue(at parameter: PageParameter) -> PagePosition? {
        switch parameter.place {
        case .query(let name):
            queryPairs(named: name).first.map { .value(String($0).removingPercentEncoding ?? String($0), isNumber: false) }
        case .header(let name):
            HTTPField.Name(name).flatMap { parts.fields[$0] }.map { .value($0, isNumber: false) }
        case .body(let pointer):
            jsonBody.flatMap { data in data.withUnsafeBytes { pointer.value(in: $0) } }.flatMap(PagePosition.init)
        }
    }

    fileprivate mutating func setPageValue(_ text: String, isNumber: Bool, at parameter: PageParameter) {
        switch parameter.place {
        case .query(let name): replaceQuery(name, with: text)
        case .header(let name):
            guard let field = HTTPField.Name(name), HTTPField.isValidValue(text) else {
                return fail("header \(name)", "the server's value cannot be one of a header field")
            }
            parts.fields[field] = text
        case .body(let pointer):
            let old = jsonBody.flatMap { try? JSON.decode(JSONValue.self, from: $0) } ?? [:]
            let value: JSONValue = isNumber ? JSONNumber(text).map(JSONValue.number) ?? .string(text) : .string(text)
            do throws(JSONError) {
                parts.content = HTTPBody(try JSON.encode(pointer.setting(value, in: old)))
            } catch {
                return fail(error)
            }
            if !parts.fields.contains(.contentType) { parts.fields[.contentType] = "application/json" }
        }
    }

    private var jsonBody: Data? {
        if case .data(let data)? = parts.content?.storage { data } else { nil }
    }

    /// Whether the query has a parameter.
    func hasQuery(_ name: String) -> Bool { !queryPairs(named: name).isEmpty }

    /// The encoded values of a parameter of the query.
    private func queryPairs(named name: String) -> [Substring] {
        let prefix = Self.queryName(name)
        return parts.target.drop { $0 != "?" }.dropFirst().split(separator: "&").compactMap {
            $0.hasPrefix(prefix) ? $0.dropFirst(prefix.count) : nil
        }
    }

    private mutating func replaceQuery(_ name: String, with value: String) {
        let prefix = Self.queryName(name)
        let path = parts.target.prefix { $0 != "?" }
        let others = parts.target.dropFirst(path.count + 1).split(separator: "&").filter { !$0.hasPrefix(prefix) }
        var pair = prefix
        PercentEncoding.append(value, to: &pair, keeping: .unreserved)
        parts.target = path + "?" + (others + [pair[...]]).joined(separator: "&")
        parts.hasQuery = true
    }

    private static func queryName(_ name: String) -> String {
        var encoded = ""
        PercentEncoding.append(name, to: &encoded, keeping: .unreserved)
        return encoded + "="
    }
}

extension PagePosition {
    /// What a JSON value asks for; `nil` for one that asks for nothing.
    init?(_ value: JSONValue) {
        switch value {
        case .string(let text) where !text.isEmpty: self = .value(text, isNumber: false)
        case .number(let number): self = .value(number.description, isNumber: true)
        default: return nil
        }
    }
}
