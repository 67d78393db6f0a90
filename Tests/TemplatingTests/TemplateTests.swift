import Templating
import Testing

/// Templates with four keys: `a`, `b` (a text or nothing), `list` of contexts with `a`, `texts`.
private func render(
    _ template: String, partials: [String: String] = [:], a: String = "", list: [String] = [], width: Int = 20
) throws -> String {
    let names = ["a", "b", "list", "texts"]
    let keys = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, TemplateKey(number: UInt16($0))) })
    var templates = ["main": try TemplateParser.parse(template, name: "main", keys: keys)]
    for (name, text) in partials { templates[name] = try TemplateParser.parse(text, name: name, keys: keys) }
    var context = TemplateContext { key in key == keys["b"] ? "fallback" : nil }
    context.set(keys["a"]!, .text(a))
    context.set(keys["texts"]!, .texts(list))
    context.set(keys["list"]!, .list(list.map { text in
        var entry = TemplateContext()
        entry.set(keys["a"]!, .text(text))
        return entry
    }))
    var output: [UInt8] = []
    Renderer(templates: templates).render("main", context, into: &output)
    ListLayout.apply(to: &output, width: width)
    return String(decoding: output, as: UTF8.self)
}

@Suite("Templates")
struct TemplateTests {
    @Test("Tags that stand alone leave no line")
    func standalone() throws {
        #expect(try render("x\n{{#a}}\ny\n{{/a}}\nz\n", a: "1") == "x\ny\nz\n")
        #expect(try render("x\n{{#a}}\ny\n{{/a}}\nz\n") == "x\nz\n")
        #expect(try render("{{^a}}\nnone\n{{/a}}\n") == "none\n")
    }

    @Test("A value that is not there is looked for outside, then asked for")
    func values() throws {
        #expect(try render("{{#list}}{{a}}{{b}} {{/list}}", a: "outer", list: ["1", "2"]) == "1fallback 2fallback ")
        #expect(try render("{{#texts}}<{{.}}>{{/texts}}", list: ["1", "2"]) == "<1><2>")
    }

    @Test("A partial with its line to itself is indented, one within a line brings no line break")
    func partials() throws {
        #expect(try render("f {\n    {{> p}}\n}\n", partials: ["p": "x\ny\n"]) == "f {\n    x\n    y\n}\n")
        #expect(try render("f({{> p}})\n", partials: ["p": "x\n"]) == "f(x)\n")
    }

    @Test("What is wrong is said with its line", arguments: [
        ("{{nothing}}", 1, "is not a key"), ("x\n{{#a}}", 2, "is never closed"), ("{{/a}}", 1, "closes nothing"),
        ("{{a", 1, "has no `}}`"), ("x\n\n{{[}}{{a}}", 3, "is never closed"), ("{{]}}", 1, "closes no list"),
        ("{{[wide}}{{]}}", 1, "is not a form of a list"),
    ])
    func errors(template: String, line: Int, message: String) throws {
        let error = try #require(throws: TemplateError.self) { try render(template) }
        #expect(error.line == line && error.message.contains(message))
    }
}

@Suite("Lists in templates")
struct ListLayoutTests {
    private static let call = "f({{[}}\n    {{#list}}\n    {{a}}{{,}}\n    {{/list}}\n{{]}})\n"

    @Test("On one line as long as the line fits")
    func fits() throws {
        #expect(try render(Self.call, list: []) == "f()\n")
        #expect(try render(Self.call, list: ["aaaa", "bbbb", "cccc"]) == "f(aaaa, bbbb, cccc)\n")
        #expect(try render(Self.call, list: ["aaaaa", "bbbb", "cccc"]) == "f(aaaaa, bbbb, cccc)\n")
        #expect(try render(Self.call, list: ["aaaaaa", "bbbb", "cccc"]) == "f(\n    aaaaaa,\n    bbbb,\n    cccc\n)\n")
    }

    @Test("What follows on the line counts, and what is indented later")
    func surroundings() throws {
        #expect(try render("f({{[}}{{a}}{{,}}{{a}}{{,}}{{]}}) -> R\n", a: "aaaaa") == "f(aaaaa, aaaaa) -> R\n")
        #expect(try render("f({{[}}{{a}}{{,}}{{a}}{{,}}{{]}}) -> Rs\n", a: "aaaaaa") == "f(\n    aaaaaa,\n    aaaaaa\n) -> Rs\n")
        let nested = try render("{\n    {{> p}}\n}\n", partials: ["p": Self.call], list: ["aaaaa", "bbbb", "cccc"])
        #expect(nested == "{\n    f(\n        aaaaa,\n        bbbb,\n        cccc\n    )\n}\n")
    }

    @Test("Elements that are empty are left out")
    func empty() throws {
        #expect(try render("f({{[}}{{,}}{{a}}{{,}}x{{,}}{{[}}{{]}}{{,}}{{]}})") == "f(x)")
    }

    @Test("A list in a list gets lines only where its own line is too long")
    func nested() throws {
        let template = "f({{[}}first{{,}}g({{[}}{{#list}}{{a}}{{,}}{{/list}}{{]}}){{,}}{{]}})\n"
        #expect(try render(template, list: ["a", "b"]) == "f(first, g(a, b))\n")
        #expect(try render(template, list: ["aaaa", "bbbb"]) == "f(\n    first,\n    g(aaaa, bbbb)\n)\n")
        #expect(
            try render(template, list: ["aaaaaaaa", "bbbbbbbb"])
                == "f(\n    first,\n    g(\n        aaaaaaaa,\n        bbbbbbbb\n    )\n)\n")
    }

    @Test("Two lists on a line: the first gets lines first")
    func several() throws {
        let template = "f({{[}}{{#list}}{{a}}{{,}}{{/list}}{{]}}) -> ({{[}}{{#list}}{{a}}{{,}}{{/list}}{{]}})\n"
        #expect(try render(template, list: ["aaaa", "bbbb"]) == "f(\n    aaaa,\n    bbbb\n) -> (aaaa, bbbb)\n")
    }

    @Test("As many to a line as fit; one below the other")
    func styles() throws {
        let texts = ["aaaa", "bbbb", "cccc", "dddd", "eeee"]
        #expect(
            try render("[{{[filled}}{{#texts}}{{.}}{{,}}{{/texts}}{{]}}]\n", list: texts)
                == "[\n    aaaa, bbbb,\n    cccc, dddd, eeee\n]\n")
        #expect(
            try render("case {{[aligned}}{{#texts}}{{.}}{{,}}{{/texts}}{{]}}: x\n", list: texts)
                == "case aaaa,\n     bbbb,\n     cccc,\n     dddd,\n     eeee: x\n")
    }
}
