import Declarations
import OpenAPI
import TextScanning

/// Finds what a page says of the one after it.
struct NextValues {
    let page: PageShape

    /// Members that say what comes next, the page's own and those of what says
    /// something of the page.
    var all: [(member: PageShape.Member, isURL: Bool)] {
        var result: [(member: PageShape.Member, isURL: Bool)] = []
        func visit(_ parent: PageShape.Member, depth: Int) {
            for member in page.members(of: parent) {
                if page.isScalar(member.type), !page.isAny(member.type) {
                    if isNext(member) { result.append((member, isURL(member))) }
                } else if depth < 3, PageNames.wrappers.contains(member.words.joined) || member.keys.last?.hasSuffix("links") == true {
                    visit(member, depth: depth + 1)
                }
            }
        }
        visit(page.root, depth: 0)
        return result.sorted { $0.member.keys.lexicographicallyPrecedes($1.member.keys) }
    }

    private func isNext(_ member: PageShape.Member) -> Bool {
        let own = member.words
        guard !own.contains("previous"), !own.contains("prev"), !own.contains("has") else { return false }
        if own.contains("next") || own.joined.hasPrefix("next") { return true }
        let parents = member.keys.dropLast().map(PageWords.init)
        // `paging.next.after`, `links.next.href`; `paging.cursors.after`, `pageInfo.endCursor`.
        if parents.contains(where: { $0.words.first == "next" }) { return true }
        if own.joined == "after", parents.last?.contains("cursors") == true { return true }
        if own.joined == "endcursor" || own.joined == "lastid" { return true }
        return member.says("next") && !member.says("previous")
    }

    private func isURL(_ member: PageShape.Member) -> Bool {
        let format = member.schema.flatMap { page.format(of: $0) }
        if let format, ["uri", "url", "uri-reference"].contains(format) { return true }
        let words = member.words.words
        if words.contains(where: ["url", "uri", "link", "href"].contains) { return true }
        if member.words.joined.hasSuffix("link") || member.words.joined.hasSuffix("url") { return true }
        let parents = member.keys.dropLast().map { PageWords($0).joined }
        if parents.contains("links"), words.first == "next" { return true }
        return member.words.joined == "next" && (["url", "uri", "link", "hyperlink"] as [StaticString]).contains { member.says($0) }
    }
}

extension PageShape.Member {
    /// Whether its comment has such a word.
    func says(_ word: StaticString) -> Bool {
        documentation.contains { PlainASCII.hasWord(word, in: $0) }
    }
}
