import Foundation
import HTTPTypes

extension Request {
    /// Sets a header field. `nil`, a list without elements and an object
    /// without members set nothing.
    ///
    /// - Parameter explode: Whether an object's members are written
    ///   `name=value`, not `name,value`.
    public mutating func header<Value: JSONCoding>(_ name: StaticString, _ value: Value?, _ style: HeaderStyle = .simple, explode: Bool = false) {
        let name = name.description
        switch value.parameterForm() {
        case .none, .list([]): break
        case .text(let text): setHeader(name, text)
        case .list(let elements): setHeader(name, elements.joined(separator: style.separator))
        case .object(let members):
            if members.isEmpty { break }
            setHeader(name, members.map { $0.0 + (explode ? "=" : ",") + $0.1 }.joined(separator: ","))
        }
    }

    /// Sets a header field to JSON (`content: application/json` in the
    /// description). `nil` sets nothing.
    public mutating func headerContent<Value: JSONCoding>(_ name: StaticString, _ value: Value?) {
        if let text = json(value) { setHeader(name.description, text) }
    }

    /// Adds to the `Cookie` field (RFC 6265 section 4.2). `nil`, a list
    /// without elements and an object without members add nothing.
    ///
    /// - Parameter explode: Whether each element of a list and each member of
    ///   an object is a cookie of its own.
    public mutating func cookie<Value: JSONCoding>(
        _ name: StaticString, _ value: Value?, _ style: CookieStyle = .form, explode: Bool = true
    ) {
        let name = name.description
        switch value.parameterForm() {
        case .none, .list([]): break
        case .text(let text):
            addCookie(name, [text], style)
        case .list(let elements):
            if explode {
                for element in elements { addCookie(name, [element], style) }
            } else {
                addCookie(name, elements, style)
            }
        case .object(let members):
            if members.isEmpty { break }
            if explode {
                for (name, value) in members { addCookie(name, [value], style) }
            } else {
                addCookie(name, members.flatMap { [$0.0, $0.1] }, style)
            }
        }
    }

    /// Adds a cookie that is JSON (`content: application/json` in the
    /// description), percent-encoded. `nil` adds nothing.
    public mutating func cookieContent<Value: JSONCoding>(_ name: StaticString, _ value: Value?) {
        if let text = json(value) { addCookie(name.description, [text], .form) }
    }

    private mutating func setHeader(_ name: String, _ value: String) {
        guard let field = HTTPField.Name(name) else { return fail("header \(name)", "not a field name") }
        // White space around a value is not part of it (RFC 9110 section 5.5).
        let text = value.trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
        guard HTTPField.isValidValue(text) else {
            return fail("header \(name)", "the value has characters that a header field cannot have")
        }
        parts.fields[field] = text
    }

    private mutating func addCookie(_ name: String, _ values: [String], _ style: CookieStyle) {
        let pair: String
        switch style {
        case .form:
            var text = ""
            PercentEncoding.append(name, to: &text, keeping: .unreserved)
            text += "="
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                PercentEncoding.append(value, to: &text, keeping: .unreserved)
            }
            pair = text
        case .cookie:
            pair = name + "=" + values.joined(separator: ",")
            guard CookieField.isValid(pair) else {
                return fail("cookie \(name)", "the value has characters that a cookie cannot have")
            }
        }
        CookieField.append(pair, to: &parts.fields)
    }
}

/// The `Cookie` field.
enum CookieField {
    /// Whether a cookie's name and value can stand in the field as they are.
    /// The comma, which RFC 6265 does not want, does no harm.
    static func isValid(_ pair: String) -> Bool {
        pair.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") }
    }

    /// Adds a cookie. There is one field only (RFC 6265 section 5.4).
    static func append(_ pair: String, to fields: inout HTTPFields) {
        let cookies = fields[values: .cookie] + [pair]
        fields[fields: .cookie] = [HTTPField(name: .cookie, value: cookies.joined(separator: "; "))]
    }
}
