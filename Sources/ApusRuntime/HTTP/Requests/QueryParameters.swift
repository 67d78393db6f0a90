extension Request {
    /// Adds a parameter to the query. `nil`, a list without elements and an
    /// object without members add nothing.
    ///
    /// - Parameters:
    ///   - explode: Whether each element of a list and each member of an
    ///     object is a parameter of its own; `nil` for the style's default,
    ///     which is true for ``QueryStyle/form`` only.
    ///   - allowReserved: Whether reserved characters and percent-encoding in
    ///     the value stay as they are (RFC 6570 section 3.2.3). Those that
    ///     would change the value or end it are encoded nonetheless: `#`, `[`,
    ///     `]`, `&`, `+`.
    public mutating func query<Value: JSONCoding>(
        _ name: StaticString, _ value: Value?, _ style: QueryStyle = .form, explode: Bool? = nil, allowReserved: Bool = false
    ) {
        let name = name.description
        if style == .deepObject {
            return deepQuery(name, value, allowReserved: allowReserved)
        }
        switch value.parameterForm() {
        case .none, .list([]): break
        case .text(let text):
            pair(name, text, allowReserved)
        case .list(let elements):
            if explode ?? (style == .form) {
                for element in elements { pair(name, element, allowReserved) }
            } else {
                joined(name, elements, style, allowReserved)
            }
        case .object(let members):
            if members.isEmpty { break }
            if explode ?? (style == .form) {
                for (name, value) in members { pair(name, value, allowReserved) }
            } else {
                joined(name, members.flatMap { [$0.0, $0.1] }, style, allowReserved)
            }
        }
    }

    /// Adds a parameter that is JSON (`content: application/json` in the
    /// description). `nil` adds nothing.
    public mutating func queryContent<Value: JSONCoding>(_ name: StaticString, _ value: Value?) {
        if let text = json(value) { pair(name.description, text, false) }
    }

    /// Sets the whole query (a parameter `in: querystring`, OpenAPI 3.2): an
    /// object's members as a form, each element of a list in it as a pair of its own; any
    /// other value as its text. `nil` adds nothing.
    public mutating func queryString<Value: JSONCoding>(_ value: Value?) {
        switch value.parameterForm() {
        case .none: break
        case .text(let text): rawQuery(text)
        case .list(let elements): rawQuery(elements.joined(separator: ","))
        case .object:
            guard let value, case .object(let members, _) = try? NestedForm(value) else { break }
            for member in members {
                for text in member.value.formTexts { pair(member.name, text, false) }
            }
        }
    }

    /// Sets the whole query to JSON. `nil` adds nothing.
    public mutating func queryString<Value: JSONCoding>(_ value: Value?, _ format: PathStyle) {
        if let text = json(value) { rawQuery(text) }
    }

    /// The JSON text of a parameter; `nil` if there is nothing to send.
    mutating func json<Value: JSONCoding>(_ value: Value?) -> String? {
        guard let value else { return nil }
        do throws(JSONError) {
            return String(decoding: try JSON.bytes(of: value), as: UTF8.self)
        } catch {
            fail(error)
            return nil
        }
    }

    private mutating func deepQuery<Value: JSONCoding>(_ name: String, _ value: Value, allowReserved: Bool) {
        do throws(JSONError) {
            deepQuery(name, try NestedForm(value), allowReserved)
        } catch {
            fail(error)
        }
    }

    private mutating func deepQuery(_ name: String, _ form: NestedForm, _ allowReserved: Bool) {
        switch form {
        case .none: break
        case .text(let text): pair(name, text, allowReserved)
        case .list(let elements, _):
            for element in elements { deepQuery("\(name)[]", element, allowReserved) }
        case .object(let members, _):
            for member in members { deepQuery("\(name)[\(member.name)]", member.value, allowReserved) }
        }
    }

    private mutating func begin(_ name: String) {
        parts.target += parts.hasQuery ? "&" : "?"
        parts.hasQuery = true
        PercentEncoding.append(name, to: &parts.target, keeping: .unreserved)
        parts.target += "="
    }

    private mutating func rawQuery(_ text: String) {
        parts.target += parts.hasQuery ? "&" : "?"
        parts.hasQuery = true
        PercentEncoding.append(text, to: &parts.target, keeping: .unreserved)
    }

    private mutating func pair(_ name: String, _ value: String, _ allowReserved: Bool) {
        begin(name)
        append(value, allowReserved)
    }

    private mutating func joined(_ name: String, _ values: [String], _ style: QueryStyle, _ allowReserved: Bool) {
        let separator =
            switch style {
            case .form, .deepObject: ","
            case .spaceDelimited: "%20"
            case .pipeDelimited: "%7C"
            case .tabDelimited: "%09"
            }
        begin(name)
        for (index, value) in values.enumerated() {
            if index > 0 { parts.target += separator }
            append(value, allowReserved, isElement: true)
        }
    }

    private mutating func append(_ value: String, _ allowReserved: Bool, isElement: Bool = false) {
        guard allowReserved else { return PercentEncoding.append(value, to: &parts.target, keeping: .unreserved) }
        let kept = PercentEncoding.Kept.reservedQueryValue
        PercentEncoding.append(
            value, to: &parts.target, keeping: isElement ? kept.removing(",") : kept, keepsTriplets: true)
    }
}
