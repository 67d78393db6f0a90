import Source
import SyntaxTree

extension PaginationStatement {
    /// Reads what `x-apus-pagination` has, or `apus.yaml` in its place: a rule, `off`
    /// or `false`.
    public init(_ node: Node, source: String) {
        self.source = source
        location = node.location
        if node.isScalar, node.bool == false || node.text == "off" {
            content = .off
            return
        }
        var fault: String?
        let rule = PaginationRule(node) { fault = fault ?? $0 }
        content = rule.map { fault.map(Content.unusable) ?? .rule($0) } ?? .unusable(fault ?? "")
    }
}

extension PaginationRule {
    /// The keys of a rule. The parameter's is the style's own: `cursor`, `page` or `offset`.
    public static let keys = [
        "style", "cursor", "page", "offset", "in", "next", "nextHeader", "items", "hasMore", "isLast", "total", "totalPages", "first",
    ]

    /// Reads a rule.
    ///
    /// - Parameter report: Is told what cannot be used.
    public init?(_ node: Node, report: (String) -> Void) {
        guard node.kind == .mapping else {
            report("how an operation pages should be a mapping, or `off`")
            return nil
        }
        for (key, _) in node.members where !Self.keys.contains(key) {
            report("`\(key)` is nothing that can be said of pages; known are \(Self.keys.joined(separator: ", "))")
        }
        let styles = Style.allCases.map(\.rawValue).joined(separator: ", ")
        guard let text = node["style"]?.text, let style = Style(rawValue: text) else {
            report("`style` should be one of \(styles)")
            return nil
        }
        self.init(style: style)
        switch style {
        case .cursor, .page, .offset:
            guard let name = node[style.rawValue], name.isScalar, !name.text.isEmpty else {
                report("`\(style.rawValue)` should be the parameter that says which page is asked for")
                return nil
            }
            parameter = name.text
        case .url, .link: break
        }
        if let place = node["in"] {
            guard let known = ParameterPlace(rawValue: place.text) else {
                report("`in` should be query, header or body")
                return nil
            }
            parameterPlace = known
        }
        func field(_ key: String) -> String? {
            guard let value = node[key] else { return nil }
            if !value.isScalar { report("`\(key)` should be a string") }
            return value.text
        }
        next = field("next")
        nextHeader = field("nextHeader")
        items = field("items")
        hasMore = field("hasMore")
        isLast = field("isLast")
        total = field("total")
        totalPages = field("totalPages")
        if let value = node["first"] {
            first = value.int
            if first == nil { report("`first` should be a number") }
        }
        if style == .cursor || style == .url, next == nil, nextHeader == nil {
            report("`next` should say where the response has the next value, or `nextHeader` in which header field")
        }
    }
}
