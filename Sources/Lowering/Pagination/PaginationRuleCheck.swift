import Declarations
import OpenAPI

/// Makes pages of a rule, if it fits the operation: the parameter is there, the ways
/// lead somewhere, and what is there has a type that can be it.
struct PaginationRuleCheck {
    let operation: OperationDeclaration
    /// What its success is described by.
    let page: PageShape
    let body: PageShape?

    struct Misfit: Error {
        let reason: String
    }

    func pages(_ rule: PaginationRule, reason: String) throws(Misfit) -> PaginationDeclaration {
        let style: PaginationDeclaration.Style
        switch rule.style {
        case .cursor: style = .cursor(try parameter(rule, isCounted: false), next: try next(rule))
        case .url: style = .url(try next(rule))
        case .link: style = .url(.link)
        case .page: style = .page(try parameter(rule, isCounted: true), first: rule.first ?? 1)
        case .offset: style = .offset(try parameter(rule, isCounted: true), first: rule.first ?? 0)
        }
        if case .url = style, !["GET", "QUERY"].contains(operation.method) {
            throw Misfit(reason: "a URL of the next page is for GET, and the operation is \(operation.method)")
        }
        let items = try list(rule)
        return PaginationDeclaration(
            style: style, hasMore: try pointer(rule.hasMore, "a boolean", page.isBool),
            isLast: try pointer(rule.isLast, "a boolean", page.isBool),
            total: try pointer(rule.total, "a number", page.isInteger), totalPages: try pointer(rule.totalPages, "a number", page.isInteger),
            items: items.steps, itemType: page.element(of: items) ?? .builtin(.json), reason: reason)
    }

    private func parameter(_ rule: PaginationRule, isCounted: Bool) throws(Misfit) -> PaginationDeclaration.Parameter {
        let name = rule.parameter ?? ""
        if rule.parameterPlace == .body {
            guard let member = body?.member(at: name), let body else {
                throw Misfit(reason: "there is no `\(name)` in its body")
            }
            guard body.isScalar(member.type) else { throw Misfit(reason: "`\(name)` in its body is neither a string nor a number") }
            return .body(member.pointer)
        }
        let location: ParameterDeclaration.Location = rule.parameterPlace == .header ? .header : .query
        guard let parameter = operation.parameters.first(where: { $0.location == location && isSame($0.key, name, location) }) else {
            throw Misfit(reason: "there is no \(location.rawValue) parameter `\(name)`")
        }
        guard page.isScalar(parameter.type), !parameter.isJSON else {
            throw Misfit(reason: "the parameter `\(name)` is neither a string nor a number")
        }
        if isCounted, !page.isInteger(parameter.type), parameter.type != .builtin(.string) {
            throw Misfit(reason: "the parameter `\(name)` is not a number")
        }
        return location == .header ? .header(parameter.key) : .query(parameter.key)
    }

    private func isSame(_ left: String, _ right: String, _ location: ParameterDeclaration.Location) -> Bool {
        location == .header ? left.lowercased() == right.lowercased() : left == right
    }

    private func next(_ rule: PaginationRule) throws(Misfit) -> PaginationDeclaration.Place {
        if let header = rule.nextHeader { return header.lowercased() == "link" ? .link : .header(header) }
        let path = rule.next ?? ""
        // The last item of a list may have what comes next.
        if let range = path.firstRange(of: "/-1/"), let list = page.member(at: String(path[..<range.lowerBound])), page.element(of: list) != nil {
            return .body(path)
        }
        guard let member = page.member(at: path) else { throw Misfit(reason: "there is no `\(path)` in the response") }
        guard page.isScalar(member.type) else { throw Misfit(reason: "`\(path)` in the response is neither a string nor a number") }
        return .body(member.pointer)
    }

    private func list(_ rule: PaginationRule) throws(Misfit) -> PageShape.Member {
        if let path = rule.items {
            guard let member = page.member(at: path) else { throw Misfit(reason: "there is no `\(path)` in the response") }
            guard page.element(of: member) != nil else {
                throw Misfit(reason: path.isEmpty ? "the response is not a list" : "`\(path)` in the response is not a list")
            }
            return member
        }
        return try PageItems(page: page, operation: operation).list()
    }

    private func pointer(_ path: String?, _ what: String, _ fits: (TypeReference) -> Bool) throws(Misfit) -> String? {
        guard let path else { return nil }
        guard let member = page.member(at: path) else { throw Misfit(reason: "there is no `\(path)` in the response") }
        guard fits(member.type) else { throw Misfit(reason: "`\(path)` in the response is not \(what)") }
        return member.pointer
    }
}
