import HTTPTypes

extension Request {
    /// Adds a query parameter; nothing for `nil`, empty lists and empty objects.
    ///
    /// - Parameters:
    ///   - explode: Whether each element or member is a parameter of its own.
    ///     By default, of the style `form` alone.
    ///   - allowReserved: Whether reserved characters (RFC 3986 section 2.2)
    ///     stay as they are, except those that would end or split the query.
    public mutating func query<Value: JSONCoding>(
        _ key: String, _ value: Value?, _ style: QueryStyle = .form, explode: Bool? = nil, allowReserved: Bool = false
    ) {
        guard let value else { return }
        let allowed: PercentEncoding.Allowed = allowReserved ? .reservedQuery : .unreserved
        let pairs = ParameterText.pairs(key, value.parameterForm(), style, explode: explode ?? (style == .form)) {
            PercentEncoding.encode($0, allowed)
        }
        for pair in pairs { appendQuery(pair.name, pair.value) }
    }

    /// Adds a query parameter whose value is JSON text (`content` of the Parameter Object).
    public mutating func queryContent<Value: JSONCoding>(_ key: String, _ value: Value?) {
        guard let text = jsonText(value) else { return }
        appendQuery(PercentEncoding.encode(key, .unreserved), PercentEncoding.encode(text, .unreserved))
    }

    /// Adds a header field; nothing for `nil`. Lists and objects are separated by commas.
    public mutating func header<Value: JSONCoding>(_ key: String, _ value: Value?, explode: Bool = false) {
        guard let value else { return }
        let text = ParameterText.joined(value.parameterForm(), separator: ",", explode: explode) { $0 }
        appendHeader(key, text)
    }

    /// Adds a header field whose value is JSON text.
    public mutating func headerContent<Value: JSONCoding>(_ key: String, _ value: Value?) {
        appendHeader(key, jsonText(value))
    }

    /// Adds a cookie (RFC 6265 section 4.2); nothing for `nil`.
    public mutating func cookie<Value: JSONCoding>(_ key: String, _ value: Value?, explode: Bool? = nil) {
        guard let value else { return }
        let pairs = ParameterText.pairs(key, value.parameterForm(), .form, explode: explode ?? true) {
            PercentEncoding.encode($0, .cookie)
        }
        for pair in pairs { appendCookie(pair.name, pair.value) }
    }

    /// Adds a cookie whose value is JSON text.
    public mutating func cookieContent<Value: JSONCoding>(_ key: String, _ value: Value?) {
        guard let text = jsonText(value) else { return }
        appendCookie(PercentEncoding.encode(key, .unreserved), PercentEncoding.encode(text, .unreserved))
    }

    private mutating func jsonText<Value: JSONCoding>(_ value: Value?) -> String? {
        guard let value else { return nil }
        var text: String?
        attempt { _ throws(JSONError) in
            text = String(decoding: try JSON.encode(value, omittingReadOnly: true), as: UTF8.self)
        }
        return text
    }

    private mutating func appendQuery(_ name: String, _ value: String) {
        if !query.isEmpty { query += "&" }
        query += name
        query += "="
        query += value
    }

    private mutating func appendHeader(_ key: String, _ text: String?) {
        guard let text else { return }
        guard let name = HTTPField.Name(key), HTTPField.isValidValue(text) else {
            failure = failure ?? .unsendable("the header field `\(key)` cannot have this value")
            return
        }
        headerFields[name] = text
    }

    private mutating func appendCookie(_ name: String, _ value: String) {
        if !cookies.isEmpty { cookies += "; " }
        cookies += "\(name)=\(value)"
    }
}
