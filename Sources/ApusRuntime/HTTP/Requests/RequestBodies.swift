import Foundation
import HTTPTypes

extension Request {
    /// Sets the body to JSON, without members that only the server sets. `nil` sends none.
    ///
    /// - Parameters:
    ///   - nilAsNull: Whether `nil` sends `null`, since there has to be a body.
    ///   - contentType: The `Content-Type` field, exactly.
    ///   - constraints: What the body has to satisfy besides what its type checks itself.
    public mutating func json<Body: JSONCoding>(
        _ body: Body?, nilAsNull: Bool = false, contentType: String = "application/json",
        checking constraints: JSONConstraints? = nil
    ) {
        guard let body else {
            if nilAsNull { setBody(HTTPBody("null"), contentType) }
            return
        }
        do throws(JSONError) {
            let data = try JSON.encode(body, omittingReadOnly: true)
            if let violation = constraints?.violation(in: data) { throw violation }
            setBody(HTTPBody(data), contentType)
        } catch {
            fail(error)
        }
    }

    /// Sets the body to a form (`application/x-www-form-urlencoded`, the URL
    /// standard section 5.2). `nil` sends none.
    ///
    /// Each element of a list is a field of its own; an object within the body
    /// is its JSON text (OpenAPI Encoding Object, `contentType`).
    ///
    /// - Parameter styles: How members are written that have a style of their own.
    public mutating func form<Body: JSONCoding>(_ body: Body?, styles: [String: FormStyle] = [:]) {
        guard let body else { return }
        do throws(JSONError) {
            guard case .object(let members, _) = try NestedForm(body) else {
                return fail("body", "a form has to be an object")
            }
            var text = ""
            for member in members {
                if let style = styles[member.name] {
                    style.append(member.name, member.value, to: &text)
                    continue
                }
                for value in member.value.formTexts {
                    if !text.isEmpty { text += "&" }
                    PercentEncoding.append(member.name, to: &text, keeping: .form, spaceAsPlus: true)
                    text += "="
                    PercentEncoding.append(value, to: &text, keeping: .form, spaceAsPlus: true)
                }
            }
            setBody(HTTPBody(text), "application/x-www-form-urlencoded")
        } catch {
            fail(error)
        }
    }

    /// Sets the body to `multipart/form-data` (RFC 7578), which is written
    /// while it is sent. `nil` sends none.
    ///
    /// - Parameter mediaType: Another one of several parts, such as `multipart/mixed`.
    public mutating func multipart<Body: MultipartCodable>(_ body: Body?, mediaType: String = "multipart/form-data") {
        guard let body else { return }
        var writer = MultipartWriter(mediaType: mediaType)
        body.encode(to: &writer)
        let contentType = writer.contentType
        do throws(JSONError) {
            setBody(try writer.finish(), contentType)
        } catch {
            fail(error)
        }
    }

    /// Sets the body to values one after the other: JSON Lines, or JSON text
    /// sequences (RFC 7464) where the media type says so. `nil` sends none.
    ///
    /// - Parameter contentType: The `Content-Type` field, exactly.
    public mutating func items<Item: JSONCoding>(_ items: [Item]?, contentType: String) {
        guard let items else { return }
        let isSequence = contentType.contains("json-seq")
        var data = Data()
        do throws(JSONError) {
            for item in items {
                if isSequence { data.append(0x1E) }
                data.append(try JSON.encode(item, omittingReadOnly: true))
                data.append(UInt8(ascii: "\n"))
            }
            setBody(HTTPBody(data), contentType)
        } catch {
            fail(error)
        }
    }

    /// Sets the body to text, in the `charset` of the content type, or else in UTF-8.
    /// `nil` sends none.
    ///
    /// - Parameter contentType: The `Content-Type` field, exactly.
    public mutating func text(_ body: String?, contentType: String = "text/plain; charset=utf-8") {
        guard let body else { return }
        guard let data = TextContent.data(body, contentType: contentType) else {
            return fail("body", "the text has characters that its charset has not")
        }
        setBody(HTTPBody(data), contentType)
    }

    /// Sets the body to the text of a scalar: a number, a boolean, a date, a value of an
    /// enumeration. `nil` sends none.
    ///
    /// - Parameter contentType: The `Content-Type` field, exactly.
    public mutating func scalarText<Value: JSONCoding>(_ body: Value?, contentType: String = "text/plain; charset=utf-8") {
        guard let body else { return }
        guard case .text(let text) = body.parameterForm() else { return fail("body", "no number, text or boolean") }
        self.text(text, contentType: contentType)
    }

    /// Sets the body to bytes. `nil` sends none.
    ///
    /// - Parameter contentType: The `Content-Type` field, exactly.
    public mutating func body(_ body: HTTPBody?, contentType: String = "application/octet-stream") {
        guard let body else { return }
        setBody(body, contentType)
    }

    private mutating func setBody(_ body: HTTPBody, _ contentType: String) {
        guard HTTPField.isValidValue(contentType) else { return fail("header Content-Type", "not a media type") }
        parts.content = body
        parts.fields[.contentType] = contentType
    }
}

extension NestedForm {
    /// The values of a form's field.
    var formTexts: [String] {
        switch self {
        case .text(let text): [text]
        case .none: []
        case .list(let elements, _): elements.flatMap(\.elementTexts)
        case .object(_, let json): [json]
        }
    }

    private var elementTexts: [String] {
        switch self {
        case .text(let text): [text]
        case .none: []
        case .list(_, let json), .object(_, let json): [json]
        }
    }
}
