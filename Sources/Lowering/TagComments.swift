import OpenAPI

/// What is said of tags, for the files of their operations.
enum TagComments {
    /// By the tags' names: a tag's place among its like, and its description.
    static func comments(of document: Document) -> [String: [String]] {
        let byName = Dictionary(document.tags.map { ($0.name, $0) }) { first, _ in first }
        return byName.mapValues { tag in
            var path = [tag.summary ?? tag.name]
            var seen: Set<String> = [tag.name]
            var parent = tag.parent
            while let name = parent, seen.insert(name).inserted {
                path.insert(byName[name]?.summary ?? name, at: 0)
                parent = byName[name]?.parent
            }
            // The name alone is the file's already.
            let title = path.count > 1 || tag.summary != nil ? path.map(Documentation.firstParagraph).joined(separator: " / ") : ""
            let lines = Documentation.lines(tag.description)
            return (title.isEmpty ? [] : [title]) + (title.isEmpty || lines.isEmpty ? [] : [""]) + lines
        }
    }
}
