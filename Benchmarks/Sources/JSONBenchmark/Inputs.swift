import Foundation

/// JSON texts to read and write, the same in every run.
final class Inputs {
    private var random = Random(state: 0x5EED)

    /// 250 countries.
    static func countries() -> Data {
        let inputs = Inputs()
        return inputs.text(inputs.list(250, inputs.country))
    }

    /// Objects of 50 members with nested arrays, dates and optionals: 5 MB.
    static func records() -> Data {
        let inputs = Inputs()
        return inputs.text(inputs.list(2_000, inputs.record))
    }

    /// Trees of unions, 24 levels deep.
    static func expressions() -> Data {
        let inputs = Inputs()
        return inputs.text(inputs.list(60) { _ in inputs.expression(24) })
    }

    /// Long strings with escapes and letters beyond ASCII.
    static func messages() -> Data {
        let inputs = Inputs()
        return inputs.text(inputs.list(1_500, inputs.message))
    }

    /// Arrays of numbers.
    static func series() -> Data {
        let inputs = Inputs()
        return inputs.text(inputs.list(20, inputs.series))
    }

    // MARK: - Objects

    private func country(_ index: Int) -> String {
        let name = word()
        let borders = list(Int.random(in: 0...6, using: &random)) { _ in string(code(3)) }
        return object([
            "name": object([
                "common": string(name), "official": string("Republic of \(name)"),
                "native": object(["eng": string(name), "fra": string("République de \(name)"), "jpn": string("\(name)共和国")]),
            ]),
            "alpha2": string(code(2)), "alpha3": string(code(3)), "capital": index % 9 == 0 ? nil : string(word()),
            "region": string(word()), "subregion": string(word()), "area": decimal(1_000_000),
            "population": number(1_400_000_000), "latlng": "[\(decimal(90)),\(decimal(180))]", "borders": borders,
            "currencies": object([code(3): object(["name": string(word()), "symbol": string("€")])]),
            "languages": object(["eng": string("English"), "fra": string("French")]),
            "landlocked": "\(index % 5 == 0)", "flag": string("🇨🇭"),
        ])
    }

    private func record(_ index: Int) -> String {
        func maybe(_ text: String) -> String? { index % 3 == 0 ? nil : text }
        let people = list(3) { _ in person() }
        let labels = list(3) { _ in
            object(["name": string(word()), "color": string("#336699")])
        }
        let history = list(4) { index in
            object([
                "at": date(), "by": number(1_000_000), "field": string(word()),
                "old": index % 2 == 0 ? nil : string(word()), "new": string(word()),
            ])
        }
        return object([
            "id": number(1_000_000_000), "uuid": string(uuid()), "name": string(word()), "slug": string(word()),
            "title": string(sentence(6)), "summary": maybe(string(sentence(20))), "status": string("in_progress"),
            "priority": number(5), "score": decimal(100), "ratio": maybe(decimal(1)), "is_active": "true",
            "is_archived": "false", "is_public": maybe("true"), "created_at": date(), "updated_at": date(),
            "deleted_at": maybe(date()), "due_at": maybe("null"), "owner": person(), "reviewers": people,
            "tags": list(5) { _ in string(word()) }, "labels": maybe(labels), "parent_id": maybe(number(1_000_000)),
            "position": number(10_000), "revision": number(1_000_000), "url": string("https://example.com/items/\(index)"),
            "html_url": string("https://example.com/items/\(index).html"), "avatar_url": maybe(string("https://example.com/a/\(index)")),
            "email": maybe(string("\(word())@example.com")), "phone": maybe(string("+41 44 000 00 00")), "language": string("en"),
            "country": maybe(string("CH")), "city": maybe(string("Zürich")), "street": maybe(string(sentence(3))),
            "postal_code": maybe(string("8001")), "latitude": maybe(decimal(90)), "longitude": maybe(decimal(180)),
            "width": number(4_000), "height": number(3_000), "depth": maybe(number(100)), "weight": maybe(decimal(50)),
            "price": decimal(1_000), "currency": string("CHF"), "quantity": number(1_000), "discount": maybe(decimal(1)),
            "history": history, "measurements": list(10) { _ in decimal(1_000) },
            "attributes": object(["colour": string(word()), "size": string("XL"), "origin": string(word())]),
            "notes": maybe(string(sentence(30))), "checksum": string(uuid()), "version": string("1.\(index)"),
        ])
    }

    private func person() -> String {
        object(["id": number(1_000_000), "login": string(word()), "email": string("\(word())@example.com")])
    }

    private func expression(_ depth: Int) -> String {
        switch depth {
        case 0:
            return object(["kind": string("literal"), "value": decimal(100)])
        case 1:
            return object(["kind": string("variable"), "name": string(word())])
        case _ where depth % 3 == 0:
            let arguments = list(3) { index in expression(index == 1 ? depth - 1 : 1) }
            return object(["kind": string("call"), "function": string(word()), "arguments": arguments])
        default:
            let right = expression(depth % 4 == 0 ? depth / 2 : 0)
            return object(["kind": string("binary"), "operator": string("+"), "left": expression(depth - 1), "right": right])
        }
    }

    private func message(_ index: Int) -> String {
        // A line of some words, or words in quotation marks, as letters have them.
        let separators = ["\\n", " \\\"\(word())\\\" "]
        let lines = (0..<10).map { _ in sentence(6) }.joined(separator: separators[index % 2])
        return object([
            "author": string("Зоя \(word())"), "subject": string("日本語の件名 \(sentence(5))"), "text": "\"\(lines) \\u00e9\\ud83d\\ude00\"",
            "lines": list(8) { _ in string("Größe über \(sentence(8)) — 你好，世界") },
        ])
    }

    private func series(_ index: Int) -> String {
        object([
            "name": string(word()), "times": list(4_000) { index in "\(1_700_000_000_000 + index * 1_000)" },
            "values": list(4_000) { _ in double() },
            "matrix": list(100) { _ in list(40) { _ in decimal(10) } },
        ])
    }

    // MARK: - Values

    private func text(_ value: String) -> Data { Data(value.utf8) }

    private func string(_ text: String) -> String { "\"\(text)\"" }

    private func object(_ members: KeyValuePairs<String, String?>) -> String {
        "{" + members.compactMap { key, value in value.map { "\"\(key)\":\($0)" } }.joined(separator: ",") + "}"
    }

    private func list(_ count: Int, _ element: (Int) -> String) -> String {
        var elements: [String] = []
        for index in 0..<count { elements.append(element(index)) }
        return "[" + elements.joined(separator: ",") + "]"
    }

    private func number(_ limit: Int) -> String { "\(Int.random(in: 0..<limit, using: &random))" }

    private func decimal(_ limit: Int) -> String {
        "\(Int.random(in: 0..<limit, using: &random)).\(Int.random(in: 10..<99, using: &random))5"
    }

    private func double() -> String { "\(Double.random(in: -1_000...1_000, using: &random))" }

    private func date() -> String {
        let day = Int.random(in: 10...28, using: &random)
        return "\"20\(Int.random(in: 10...25, using: &random))-0\(Int.random(in: 1...9, using: &random))-\(day)T12:34:56Z\""
    }

    private func word() -> String {
        String((0..<Int.random(in: 4...11, using: &random)).map { _ in "etaoinshrdlu".randomElement(using: &random) ?? "e" })
    }

    private func code(_ length: Int) -> String {
        String((0..<length).map { _ in "ABCDEFGHIJKLMNOPQRSTUVWXYZ".randomElement(using: &random) ?? "A" })
    }

    private func sentence(_ words: Int) -> String {
        (0..<words).map { _ in word() }.joined(separator: " ")
    }

    private func uuid() -> String {
        let digits = (0..<32).map { _ in String(Int.random(in: 0..<16, using: &random), radix: 16) }.joined()
        var text = digits.uppercased()
        for place in [8, 13, 18, 23] { text.insert("-", at: text.index(text.startIndex, offsetBy: place)) }
        return text
    }
}

/// Numbers that look random and are the same in every run (SplitMix64).
private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var result = state
        result = (result ^ (result >> 30)) &* 0xBF58_476D_1CE4_E5B9
        result = (result ^ (result >> 27)) &* 0x94D0_49BB_1331_11EB
        return result ^ (result >> 31)
    }
}
