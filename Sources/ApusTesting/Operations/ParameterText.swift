import ApusRuntime
import Foundation

/// The texts that a value was written as, from which it can be read back.
///
/// A text does not say whether it is a string or a number. So a value is what its type
/// makes of the text: first as the scalar that it looks like, then as a string, then as
/// whatever the type reads tolerantly.
struct ParameterText {
    /// The forms that the value may have, the likeliest first.
    private let forms: [Form]

    private indirect enum Form {
        case text(String)
        case list([Form])
        case object([(String, Form)])
        case json(String)
    }

    private init(forms: [Form]) {
        self.forms = forms
    }

    /// JSON (`content: application/json`).
    init(json text: String) {
        forms = [.json(text)]
    }

    /// The members of a form.
    init(members: [(name: String, value: String)]) {
        forms = [Self.object(members), Self.objectOfLists(members)]
    }

    /// One text, of which the parts may be elements or members.
    init(joined text: String, _ style: ParameterStyle, explode: Bool) {
        let parts = text.components(separatedBy: style.separator).map { $0.trimmingCharacters(in: .whitespaces) }
        forms = [.text(text), .list(parts.map { .text($0) })] + Self.members(parts, explode: explode)
    }

    /// A segment of a path (RFC 6570 sections 3.2.2, 3.2.5 and 3.2.7).
    init?(segment: String, _ name: String, _ style: ParameterStyle, explode: Bool) {
        func decoded(_ text: some StringProtocol) -> String { text.removingPercentEncoding ?? String(text) }
        switch style {
        case .json:
            self.init(json: decoded(segment))
        case .label:
            let text = segment.hasPrefix(".") ? String(segment.dropFirst()) : segment
            let parts = text.components(separatedBy: explode ? "." : ",").map(decoded)
            self.init(forms: [.text(decoded(text)), .list(parts.map { .text($0) })] + Self.members(parts, explode: explode))
        case .matrix:
            let pairs = segment.split(separator: ";").map { pair -> (name: String, value: String) in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (decoded(parts[0]), parts.count > 1 ? String(parts[1]) : "")
            }
            let own = pairs.filter { $0.name == name }.map(\.value)
            if own.count == 1, !explode {
                self.init(encoded: own[0], separator: ",", explode: false)
            } else if own.isEmpty {
                guard !pairs.isEmpty else { return nil }
                self.init(forms: [Self.object(pairs.map { ($0.name, decoded($0.value)) })])
            } else {
                self.init(forms: (own.count == 1 ? [.text(decoded(own[0]))] : []) + [.list(own.map { .text(decoded($0)) })])
            }
        default:
            self.init(encoded: segment, separator: style.separator, explode: explode)
        }
    }

    private init(encoded text: String, separator: String, explode: Bool) {
        let parts = text.components(separatedBy: separator).map { $0.removingPercentEncoding ?? $0 }
        self.init(forms: [.text(text.removingPercentEncoding ?? text), .list(parts.map { .text($0) })] + Self.members(parts, explode: explode))
    }

    /// Parameters of a query, or cookies.
    init?(pairs: [(name: String, value: String)], _ name: String, _ style: ParameterStyle, explode: Bool, besides others: [String]) {
        let own = pairs.filter { $0.name == name }.map(\.value)
        if own.isEmpty {
            let members = pairs.filter { !others.contains($0.name) }
            guard explode, !others.isEmpty, !members.isEmpty else { return nil }
            self.init(members: members)
        } else if explode || own.count > 1 {
            self.init(forms: (own.count == 1 ? [.text(own[0])] : []) + [.list(own.map { .text($0) })])
        } else {
            self.init(joined: own[0], style, explode: false)
        }
    }

    init?(wholeQuery url: RequestURL) {
        guard let query = url.rawQuery else { return nil }
        let text = query.removingPercentEncoding ?? query
        forms = [Self.object(url.query), Self.objectOfLists(url.query), .text(text), .list(text.components(separatedBy: ",").map { .text($0) })]
    }

    /// `name[member]=value` (OpenAPI, `deepObject`).
    init?(deepObject name: String, in query: [(name: String, value: String)]) {
        var root = Nested()
        for (key, value) in query where key.hasPrefix(name + "[") {
            let path = key.dropFirst(name.count).split(separator: "[", omittingEmptySubsequences: false).dropFirst().map { $0.dropLast() }
            root.add(value, at: path.map(String.init)[...])
        }
        guard !root.members.isEmpty else { return nil }
        forms = [root.form]
    }

    private struct Nested {
        var members: [(name: String, value: Nested)] = []
        var texts: [String] = []

        mutating func add(_ text: String, at path: ArraySlice<String>) {
            guard let first = path.first else { return texts.append(text) }
            if first.isEmpty { return texts.append(text) }
            if let index = members.firstIndex(where: { $0.name == first }) {
                members[index].value.isList = members[index].value.isList || path.count > 1 && path.last == ""
                return members[index].value.add(text, at: path.dropFirst())
            }
            var value = Nested()
            value.isList = path.dropFirst().first == ""
            value.add(text, at: path.dropFirst())
            members.append((first, value))
        }

        var isList = false

        var form: Form {
            if !members.isEmpty { return .object(members.map { ($0.name, $0.value.form) }) }
            return isList || texts.count != 1 ? .list(texts.map { .text($0) }) : .text(texts[0])
        }
    }

    /// The object that parts are; nothing where they are none.
    private static func members(_ parts: [String], explode: Bool) -> [Form] {
        if explode {
            let pairs = parts.compactMap { part -> (String, Form)? in
                guard let equals = part.firstIndex(of: "=") else { return nil }
                return (String(part[..<equals]), .text(String(part[part.index(after: equals)...])))
            }
            return pairs.count == parts.count ? [.object(pairs)] : []
        }
        guard parts.count % 2 == 0 else { return [] }
        return [.object(stride(from: 0, to: parts.count, by: 2).map { (parts[$0], .text(parts[$0 + 1])) })]
    }

    private static func object(_ pairs: [(name: String, value: String)]) -> Form {
        .object(pairs.map { ($0.name, .text($0.value)) })
    }

    /// What a form may have several times, as a list.
    private static func objectOfLists(_ pairs: [(name: String, value: String)]) -> Form {
        var members: [(String, Form)] = []
        for name in pairs.map(\.name) where !members.contains(where: { $0.0 == name }) {
            let values = pairs.filter { $0.name == name }.map { Form.text($0.value) }
            members.append((name, values.count == 1 ? values[0] : .list(values)))
        }
        return .object(members)
    }

    // MARK: - Reading

    /// The value; `nil` where its type is written in no such way.
    func value<Value: JSONCoding>() -> Value? {
        for form in forms {
            if case .text(let text) = form, let text = text as? Value { return text }
            for text in Self.texts(of: form) {
                if let value = try? JSON.decode(Value.self, from: Data(text.utf8)) { return value }
            }
        }
        for form in forms {
            let text = Self.json(form, readsScalars: false)
            if let value = try? JSON.decode(Value.self, from: Data(text.utf8), reading: .tolerant) { return value }
        }
        return nil
    }

    private static func texts(of form: Form) -> [String] {
        if case .json(let text) = form { return [text] }
        return [json(form, readsScalars: true), json(form, readsScalars: false)]
    }

    private static func json(_ form: Form, readsScalars: Bool) -> String {
        switch form {
        case .json(let text): text
        case .text(let text): readsScalars && looksLikeScalar(text) ? text : quoted(text)
        case .list(let elements): "[" + elements.map { json($0, readsScalars: readsScalars) }.joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { quoted($0.0) + ":" + json($0.1, readsScalars: readsScalars) }.joined(separator: ",") + "}"
        }
    }

    /// Whether a text is a number, a boolean, or the JSON text of an object in a list.
    private static func looksLikeScalar(_ text: String) -> Bool {
        if text == "true" || text == "false" || JSONNumber(text) != nil { return true }
        guard text.hasPrefix("{") || text.hasPrefix("[") else { return false }
        return (try? JSON.decode(JSONValue.self, from: Data(text.utf8))) != nil
    }

    private static func quoted(_ text: String) -> String {
        (try? JSON.bytes(of: text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
