import SyntaxTree

/// Reads what others' extensions say of an operation's pages.
enum PaginationExtensions {
    /// - Parameter shared: What the document says of all operations (`x-fern-pagination`).
    static func statements(of operation: Node, shared: Node?) -> [PaginationStatement] {
        var result: [PaginationStatement] = []
        func add(_ key: String, _ read: (Node) -> PaginationStatement.Content?) {
            guard let node = operation[key], let content = read(node) else { return }
            result.append(PaginationStatement(source: key, content: content, location: node.location))
        }
        if let own = operation["x-apus-pagination"] { result.append(PaginationStatement(own, source: "x-apus-pagination")) }
        add("x-ms-pageable", microsoft)
        add("x-speakeasy-pagination", speakeasy)
        add("x-fern-pagination") { $0.bool == true ? shared.map(fern) ?? .unusable("the document says nothing of pages") : fern($0) }
        add("x-redocly-pagination", redocly)
        add("x-redoclyPagination", redocly)
        return result
    }

    /// AutoRest's extension: `nextLinkName` null says that there is one page.
    private static func microsoft(_ node: Node) -> PaginationStatement.Content? {
        guard node.kind == .mapping, let link = node["nextLinkName"] else { return .unusable("it has no `nextLinkName`") }
        if link.kind == .null || link.text.isEmpty { return .off }
        if let operation = node["operationName"], !operation.text.isEmpty {
            return .unusable("another operation asks for the next page: `\(operation.text)`")
        }
        var rule = PaginationRule(style: .url)
        rule.next = link.text
        rule.items = node["itemName"]?.text ?? "value"
        return .rule(rule)
    }

    private static func speakeasy(_ node: Node) -> PaginationStatement.Content? {
        let inputs = node["inputs"].map { Array($0.elements) } ?? []
        let outputs = node["outputs"]
        func output(_ key: String) -> String? { outputs?[key].map { path($0.text) } }
        func input(_ types: String...) -> Node? { inputs.first { types.contains($0["type"]?.text ?? "") } }
        var rule: PaginationRule
        switch node["type"]?.text {
        case "url":
            rule = PaginationRule(style: .url)
            rule.next = output("nextUrl")
            guard rule.next != nil else { return .unusable("it has no `nextUrl`") }
        case "cursor":
            guard let cursor = input("cursor") else { return .unusable("no input is the cursor") }
            rule = PaginationRule(style: .cursor)
            set(cursor, in: &rule)
            rule.next = output("nextCursor")
            guard rule.next != nil else { return .unusable("it has no `nextCursor`") }
        case "offsetLimit":
            guard let position = input("page", "offset") else { return .unusable("no input is the page or the offset") }
            rule = PaginationRule(style: position["type"]?.text == "page" ? .page : .offset)
            set(position, in: &rule)
        default: return .unusable("its type is not known")
        }
        rule.items = output("results")
        rule.totalPages = output("numPages")
        return .rule(rule)
    }

    private static func set(_ input: Node, in rule: inout PaginationRule) {
        rule.parameter = input["name"]?.text
        if input["in"]?.text == "requestBody" { rule.parameterPlace = .body }
    }

    private static func fern(_ node: Node) -> PaginationStatement.Content {
        guard node.kind == .mapping else { return .unusable("it is not a mapping") }
        func response(_ key: String) -> String? { node[key].map { path($0.text) } }
        var rule: PaginationRule
        if let next = response("next_uri") ?? response("next_path") {
            rule = PaginationRule(style: .url)
            rule.next = next
        } else if let cursor = node["cursor"], let next = response("next_cursor") {
            rule = PaginationRule(style: .cursor)
            rule.parameter = path(cursor.text)
            rule.next = next
        } else if let offset = node["offset"] {
            // Without a step it counts pages.
            rule = PaginationRule(style: node["step"] == nil ? .page : .offset)
            rule.parameter = path(offset.text)
            rule.hasMore = response("has-next-page")
        } else {
            return .unusable("it has neither a cursor, an offset nor a URL")
        }
        rule.items = response("results")
        return .rule(rule)
    }

    private static func redocly(_ node: Node) -> PaginationStatement.Content? {
        guard let text = node["style"]?.text, let style = PaginationRule.Style(rawValue: text) else {
            return .unusable("its style is not known")
        }
        var rule = PaginationRule(style: style)
        rule.parameter = node[style == .cursor ? "cursorParam" : "offsetParam"]?.text
        rule.next = node["nextCursor"]?.text
        rule.items = node["items"]?.text
        rule.hasMore = node["hasMore"]?.text
        return .rule(rule)
    }

    /// `$.data.items` and `$response.data.items` are `data.items`, `$` is the body itself.
    private static func path(_ text: String) -> String {
        for prefix in ["$response.body.", "$response.", "$request.", "$."] where text.hasPrefix(prefix) {
            return String(text.dropFirst(prefix.count))
        }
        return text == "$" || text == "$response" ? "" : text
    }
}
