import TextScanning

/// What the enum is called that everything is in, where the user has not said.
enum Namespace {
    /// `Reference`, `The Reference API` and `100 Reference APIs` are all about the same thing.
    static func name(of title: String) -> String {
        let words = Words(headline(title)).dropping { $0.lowercased() == "the" || Int($0) != nil }
        guard !words.isEmpty else { return "API" }
        return SwiftName.type(words.contains("api") || words.contains("apis") ? words : words + Words("API"))
    }

    /// `Listen API: Podcast Search, Directory, and Insights` is the Listen API.
    private static func headline(_ title: String) -> String {
        let ends = [": ", " - ", " – ", " — ", " | ", " ("].compactMap { title.firstRange(of: $0)?.lowerBound }
        guard let end = ends.min() else { return title }
        let head = String(title[..<end])
        let general: Set<String> = ["the", "api", "apis", "rest", "restful", "http", "web", "public", "open", "openapi"]
        return Words(head).isAbout(anythingBut: general) ? head : title
    }
}
