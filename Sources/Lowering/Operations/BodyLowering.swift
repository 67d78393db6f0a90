import OpenAPI
import Source
import SpecSource
import TextScanning

/// Turns a request body into the last argument of a method.
struct BodyLowering {
    let types: TypeLowering
    let diagnostics: Diagnostics
    /// The operation's name.
    let words: Words

    /// The body, as a type of its own where there is one way to send it, else
    /// as an enum with a case for each way that says something else.
    func lower(_ body: RequestBody, localName: String) -> OperationDeclaration.Body? {
        guard let usual = MediaChoice.request(body.content) else { return nil }
        var contents = [content(usual, body, isOnly: true)]
        for other in body.content where other.name != usual.name {
            guard MediaChoice.isChoice(other, beside: usual) else {
                diagnostics.note(
                    "the body as `\(other.name)` says the same as `\(usual.name)`, which is sent", at: other.location)
                continue
            }
            let content = content(other, body, isOnly: false)
            if !contents.contains(where: { isSame($0, content) }) { contents.append(content) }
        }
        var type = contents[0].type
        if contents.count > 1 {
            var scope = NameScope()
            for index in contents.indices {
                contents[index].caseName = scope.claim(MediaName.member(contents[index].contentType))
            }
            let cases = contents.map { Union.Case(name: $0.caseName ?? "", type: $0.type, documentation: ["`\($0.contentType)`"]) }
            type = types.declare(
                named: SwiftName.type(words + Words("body")), .outcomes(cases),
                documentation: ["The ways to send the body."])
        }
        return OperationDeclaration.Body(
            type: type, contents: contents, isRequired: body.isRequired, localName: localName,
            documentation: Documentation.argument(body.description, named: localName))
    }

    private func isSame(_ content: OperationDeclaration.Body.Content, _ other: OperationDeclaration.Body.Content) -> Bool {
        guard types.resolved(content.type) == types.resolved(other.type) else { return false }
        // Bytes and texts differ by their media type, values do not.
        return MediaChoice.isStructured(content.encoding) && MediaChoice.isStructured(other.encoding)
            || content.contentType == other.contentType
    }

    private func content(_ media: MediaType, _ body: RequestBody, isOnly: Bool) -> OperationDeclaration.Body.Content {
        let base = (body.componentName.map { Words($0) } ?? words) + Words("request")
        let hint = Hint(nil, isOnly ? base : base + MediaName.words(media.name))
        var encoding = MediaChoice.encoding(media)
        var type: TypeReference = .builtin(.json)
        switch encoding {
        case .json:
            if let schema = media.schema {
                type = types.type(schema, hint)
                if types.isBytes(schema, type) {
                    encoding = .stream
                    type = .builtin(.body)
                } else {
                    type = types.jsonType(types.shapes.isNullable(schema) ? .optional(type) : type)
                }
            }
        case .form:
            if let schema = media.schema { type = types.jsonType(types.type(schema, hint)) }
        case .multipart:
            if let schema = media.schema, let object = types.shapes.formObject(schema) {
                type = types.declareForm(object, schema, named: SwiftName.type(words + Words("form")))
                apply(media.encoding, to: type)
            } else {
                encoding = .stream
                type = .builtin(.body)
            }
        case .items:
            type = .array(item(media, hint))
        case .text:
            type = .builtin(.string)
        case .stream:
            type = .builtin(.body)
        }
        return .init(encoding: encoding, type: type, contentType: MediaChoice.contentType(media),
            styles: encoding == .form ? styles(media) : [], caseName: nil,
            constraints: encoding == .json ? types.sentConstraints(media.schema, .builtin(.json)) : nil)
    }

    /// What `itemSchema` says of each value, or `schema`, which before OpenAPI
    /// 3.2 meant one of them or the list of all.
    private func item(_ media: MediaType, _ hint: Hint) -> TypeReference {
        var schema = media.itemSchema ?? media.schema
        if let whole = schema, media.itemSchema == nil, case .array(let element) = types.shapes.shape(types.shapes.target(whole)) {
            schema = element
        }
        return types.jsonType(types.elementType(schema, hint.element))
    }

    private func apply(_ encoding: [(property: String, encoding: PropertyEncoding)], to type: TypeReference) {
        guard !encoding.isEmpty, case .declared(let place) = type,
            case .structure(var structure) = types.declarations[place].kind
        else { return }
        var names = NameScope(reserved: Set(structure.properties.map(\.name)))
        for (key, encoding) in encoding {
            guard let index = structure.properties.firstIndex(where: { $0.key == key }) else { continue }
            apply(encoding, to: &structure.properties[index], &names)
        }
        types.update(place, .structure(structure))
    }

    private func apply(_ encoding: PropertyEncoding, to property: inout Property, _ names: inout NameScope) {
        if let contentType = encoding.contentType.flatMap(MediaChoice.partContentType) {
            if types.isWrittenAsJSON(property.type), MediaChoice.isText(contentType) || ScalarTypes.isBinary(contentType) {
                if types.resolved(property.type) == .builtin(.json) {
                    // Of any type, and of that media type: a file.
                    property.type = .builtin(.file)
                    property.contentType = contentType
                } else {
                    diagnostics.warn(
                        "`\(property.key)` cannot be written as `\(contentType)`; it is sent as JSON", at: encoding.location)
                }
            } else {
                property.contentType = contentType
            }
        }
        if let style = encoding.style ?? (encoding.explode == nil ? nil : .form), encoding.explode != true || style != .form {
            let isOnePart = !(encoding.explode ?? (style == .form))
            if isOnePart, case .array = types.resolved(property.type) { property.separator = style.separator }
        }
        property.partHeaders = encoding.headers
            .filter { !["content-type", "content-disposition"].contains($0.name.lowercased()) }
            .map { header in
                let name = Words(property.name) + Words(header.name).dropping { $0.lowercased() == "x" }
                return Property.PartHeader(
                    name: names.claim(SwiftName.member(name)), key: header.name,
                    type: header.schema.map { types.jsonType(types.type($0, Hint(nil, name))) } ?? .builtin(.string),
                    isRequired: header.isRequired,
                    documentation: Documentation.lines(header.description ?? "The header field `\(header.name)` of the part `\(property.key)`."))
            }
    }

    /// Where `style`, `explode` or `allowReserved` stands, the property is
    /// written as a query parameter would be, whose style is `form`.
    private func styles(_ media: MediaType) -> [OperationDeclaration.Body.FormStyle] {
        media.encoding.compactMap { key, encoding in
            guard encoding.style != nil || encoding.explode != nil || encoding.allowReserved else { return nil }
            let style = encoding.style ?? .form
            return .init(
                key: key, style: style.rawValue, explode: encoding.explode ?? (style == .form),
                allowReserved: encoding.allowReserved)
        }
    }
}

extension TypeLowering {
    /// Whether a value of a form is written as JSON, and not as a text or as bytes.
    func isWrittenAsJSON(_ type: TypeReference) -> Bool {
        switch resolved(type) {
        case .builtin(let builtin): return builtin == .json
        case .declared(let place):
            if case .enumeration = declarations[place].kind { return false }
            return true
        case .array(let element): return isWrittenAsJSON(element)
        case .optional(let some), .nullable(let some): return isWrittenAsJSON(some)
        case .dictionary: return true
        case .items, .events, .text: return false
        case .external(let type): return type.kinds.contains(.object) || type.kinds.contains(.array)
        }
    }
}
