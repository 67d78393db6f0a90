import Declarations
import OpenAPI

/// Concludes from the structure of an operation how it pages, where that has one
/// reading.
struct PageInference {
    let operation: OperationDeclaration
    let described: Operation
    let page: PageShape
    let body: PageShape?
    let headers: [String]
    let isWide: Bool

    enum Conclusion {
        /// It has nothing to do with pages.
        case nothing
        case rule(PaginationRule, reason: String)
        /// It may page, and this is what is not clear.
        case undecided(String)
    }

    private struct Candidate {
        var name: String
        var place: PaginationRule.ParameterPlace
        var role: PageNames.Role
        var isInteger: Bool
    }

    func conclusion() -> Conclusion {
        let parameters = parameters
        let positions = parameters.filter { $0.role != .limit }
        let values = page.nextValues
        let isRead = ["GET", "QUERY"].contains(operation.method)
        if isRead, headers.contains("link"), isListAnywhere { return .rule(PaginationRule(style: .link), reason: "the response has a field `Link`") }
        let pairs = positions.flatMap { position in
            values.filter { !$0.isURL && isNamed($0.member, after: position.name) }.map { (position, $0.member) }
        }
        let cursors = preferred(pairs)
        if cursors.count == 1 { return cursor(cursors[0].0, cursors[0].1) }
        if cursors.count > 1 {
            return .undecided("what comes next may be \(Self.text(cursors.map(\.1))) in \(Self.text(cursors.map(\.0.name)))")
        }
        let urls = values.filter(\.isURL).map(\.member)
        if isRead, urls.count == 1 {
            if positions.isEmpty, parameters.isEmpty, operation.template.hasSuffix("}") {
                return .undecided("`\(urls[0].name)` is a URL, and the path leads to one thing")
            }
            var rule = PaginationRule(style: .url)
            rule.next = urls[0].pointer
            rule.hasMore = flag(PageNames.more, beside: urls[0])?.pointer
            rule.isLast = flag(PageNames.last, beside: urls[0])?.pointer
            return .rule(rule, reason: "`\(urls[0].name)` is the URL of the next page")
        }
        if isRead, urls.count > 1 { return .undecided("the URL of the next page may be \(Self.text(urls))") }
        if isRead, let field = nextField(positions) { return field }
        return counted(positions, parameters, values.map(\.member))
    }

    // MARK: - Cursors

    private func cursor(_ parameter: Candidate, _ next: PageShape.Member) -> Conclusion {
        var rule = PaginationRule(style: .cursor)
        rule.parameter = parameter.name
        rule.parameterPlace = parameter.place
        rule.next = next.pointer
        rule.hasMore = flag(PageNames.more, beside: next)?.pointer
        rule.isLast = flag(PageNames.last, beside: next)?.pointer
        return .rule(rule, reason: "`\(next.name)` of the response is what `\(parameter.name)` asks for")
    }

    /// Of several ways to the same page, that by a cursor, and then that by a parameter
    /// which is called exactly as the value.
    private func preferred(_ pairs: [(Candidate, PageShape.Member)]) -> [(Candidate, PageShape.Member)] {
        let cursors = pairs.filter { $0.0.role == .cursor }
        let found = cursors.isEmpty ? pairs : cursors
        let exact = found.filter { PageWords($0.0.name) == $0.1.words }
        return exact.count == 1 ? exact : found
    }

    /// A next value is that of a parameter where both have the same name but for the
    /// words that say so.
    private func isNamed(_ member: PageShape.Member, after parameter: String) -> Bool {
        let own = PageWords(parameter)
        let name = member.words
        if own.essence.isEmpty { return name.essence.isEmpty && own.contains("page") == (name.contains("page") || name == own) }
        if name.essence == own.essence { return true }
        // The last item of this page is what the next one comes after, and the page says whether there is one.
        if name.joined == "lastid", ["after", "afterid"].contains(own.joined) { return flag(PageNames.more, beside: nil) != nil }
        if name.joined == "next" { return PageNames.role(of: parameter) == .cursor && (member.says("cursor") || member.says("token")) }
        // GraphQL's connections, and APIs that took their words.
        return own.essence == ["after"] && ["cursor", "end cursor"].contains(name.essence.joined(separator: " "))
    }

    private var isListAnywhere: Bool {
        (try? PageItems(page: page, operation: operation).list()) != nil
    }

    // MARK: - What there is

    /// The boolean of such a name, beside what comes next or in the page itself.
    private func flag(_ names: Set<String>, beside next: PageShape.Member?) -> PageShape.Member? {
        var parents = [page.root]
        if let next, next.keys.count > 1, let parent = page.member(at: Self.pointer(next.keys.dropLast())) { parents.insert(parent, at: 0) }
        for parent in parents {
            let found = page.members(of: parent).filter { page.isBool($0.type) && names.contains($0.words.joined) }
            if found.count == 1 { return found[0] }
        }
        return nil
    }

    private static func pointer(_ keys: some Sequence<String>) -> String {
        keys.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }

    private func nextField(_ positions: [Candidate]) -> Conclusion? {
        let fields = headers.filter { PageWords($0).contains("next") && !PageWords($0).contains("has") }
        guard fields.count == 1, let field = fields.first else { return nil }
        let matching = positions.filter { isNamedField(field, after: $0.name) }
        if matching.count == 1 {
            var rule = PaginationRule(style: .cursor)
            rule.parameter = matching[0].name
            rule.parameterPlace = matching[0].place
            rule.nextHeader = field
            return .rule(rule, reason: "the field `\(field)` is what `\(matching[0].name)` asks for")
        }
        guard PageWords(field).words.filter({ $0 != "x" }) == ["next", "page"], matching.isEmpty else { return nil }
        var rule = PaginationRule(style: .url)
        rule.nextHeader = field
        return .rule(rule, reason: "the field `\(field)` is the URL of the next page")
    }

    private func isNamedField(_ field: String, after parameter: String) -> Bool {
        let (name, own) = (PageWords(Self.withoutX(field)), PageWords(Self.withoutX(parameter)))
        return own.essence.isEmpty ? name.essence.isEmpty && own.contains("page") : name.essence == own.essence
    }

    /// `X-Next-Token` is `Next-Token`.
    private static func withoutX(_ name: String) -> String {
        name.lowercased().hasPrefix("x-") ? String(name.dropFirst(2)) : name
    }

    // MARK: - Parameters

    private var parameters: [Candidate] {
        var result: [Candidate] = operation.parameters.compactMap { parameter in
            guard page.isScalar(parameter.type), let role = PageNames.role(of: Self.withoutX(parameter.key)) else { return nil }
            switch parameter.location {
            case .query: return Candidate(name: parameter.key, place: .query, role: role, isInteger: page.isInteger(parameter.type))
            case .header where role == .cursor: return Candidate(name: parameter.key, place: .header, role: role, isInteger: false)
            default: return nil
            }
        }
        if let body, result.allSatisfy({ $0.role == .limit }) {
            for member in body.members(of: body.root) where body.isScalar(member.type) {
                guard let name = member.keys.last, let role = PageNames.role(of: name) else { continue }
                result.append(Candidate(name: member.pointer, place: .body, role: role, isInteger: body.isInteger(member.type)))
            }
        }
        return result.sorted { $0.name < $1.name }
    }

    /// Parameters that are counted up: whether the first page is 0 or 1, and whether
    /// they count items or pages, is often not said.
    private func counted(_ positions: [Candidate], _ parameters: [Candidate], _ values: [PageShape.Member]) -> Conclusion {
        guard let found = positions.first(where: { $0.place == .query || values.isEmpty == false }) else { return .nothing }
        let count = positions.filter { $0.isInteger && $0.place == .query && $0.role != .cursor }
        guard isWide, ["GET", "QUERY"].contains(operation.method), count.count == 1, positions.count == 1 else {
            guard !parameters.isEmpty, isListAnywhere || !values.isEmpty else { return .nothing }
            if !values.isEmpty {
                return .undecided("nothing says that \(Self.text(values)) of the response is what \(Self.text(positions.map(\.name))) asks for")
            }
            if count.count == 1, positions.count == 1 {
                return .undecided("`\(count[0].name)` is counted up; `inference: wide` or a rule takes it for pages")
            }
            return .undecided("the response has nothing that \(Self.text([found.name])) could ask for next")
        }
        var rule = PaginationRule(style: count[0].role == .page ? .page : .offset)
        rule.parameter = count[0].name
        rule.first = first(count[0])
        rule.hasMore = flag(PageNames.more, beside: nil)?.pointer
        rule.isLast = flag(PageNames.last, beside: nil)?.pointer
        rule.total = number(PageNames.totals)?.pointer
        if rule.style == .page { rule.totalPages = number(PageNames.totalPages)?.pointer }
        return .rule(rule, reason: "`\(count[0].name)` is counted up")
    }

    private func first(_ candidate: Candidate) -> Int? {
        guard let schema = described.parameters.first(where: { $0.name == candidate.name && $0.place == .query })?.schema else { return nil }
        return page.first(of: schema)
    }

    private func number(_ names: Set<String>) -> PageShape.Member? {
        var found = page.members(of: page.root).filter { page.isInteger($0.type) && names.contains($0.words.joined) }
        for wrapper in page.members(of: page.root) where PageNames.wrappers.contains(wrapper.words.joined) {
            found += page.members(of: wrapper).filter { page.isInteger($0.type) && names.contains($0.words.joined) }
        }
        return found.count == 1 ? found[0] : nil
    }

    private static func text(_ members: [PageShape.Member]) -> String { text(members.map(\.name)) }

    private static func text(_ names: [String]) -> String {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }.map { "`\($0)`" }.joined(separator: " or ")
    }
}
