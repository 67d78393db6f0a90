import Declarations

/// Finds the list that a page is for.
///
/// A list is known by its name: that of the path, or one that lists of pages have. What
/// else a page has says nothing, so that a list that is added to it later changes
/// nothing.
struct PageItems {
    let page: PageShape
    let operation: OperationDeclaration

    func list() throws(PaginationRuleCheck.Misfit) -> PageShape.Member {
        if page.element(of: page.root) != nil { return page.root }
        let lists = candidates
        let own = lists.filter { ownNames.contains($0.words.joined) }
        if own.count == 1 { return own[0] }
        let usual = (own.isEmpty ? lists : own).filter { !own.isEmpty || PageNames.lists.contains($0.words.joined) }
        if usual.count == 1 { return usual[0] }
        if usual.count > 1 { throw .init(reason: "its items may be \(Self.text(usual))") }
        // The only list of objects that every page has: one that is added is not such a list.
        let required = lists.filter { $0.isRequired && page.element(of: $0).map(page.isObject) == true }
        if required.count == 1 { return required[0] }
        throw .init(
            reason: lists.isEmpty
                ? "the response has no list" : "nothing says that \(Self.text(lists)) \(lists.count == 1 ? "is" : "are") its items")
    }

    /// The lists of a page, and of the members around one.
    private var candidates: [PageShape.Member] {
        var result: [PageShape.Member] = []
        for member in page.members(of: page.root) {
            if page.element(of: member) != nil {
                result.append(member)
            } else if PageNames.wrappers.contains(member.words.joined) {
                result += page.members(of: member).filter { page.element(of: $0) != nil }
            }
        }
        return result.sorted { $0.keys.lexicographicallyPrecedes($1.keys) }
    }

    /// What the path calls what it leads to: the last of its segments that is not a parameter.
    private var ownNames: Set<String> {
        let segments = operation.template.split(separator: "/").filter { !$0.hasPrefix("{") }
        guard let last = segments.last.map({ PageWords(String($0)) }) else { return [] }
        var names: Set = [last.joined]
        if let word = last.words.last { names.insert(word) }
        return names
    }

    private static func text(_ members: [PageShape.Member]) -> String {
        members.map { "`\($0.name)`" }.joined(separator: " or ")
    }
}
