import OpenAPI
import SpecSource

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
            documentation: body.description.map(Documentation.firstParagraph))
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
                if types.resolved(type) == .builtin(.body) {
                    encoding = .stream
                } else {
                    type = types.jsonType(types.shapes.isNullable(schema) ? .optional(type) : type)
                }
            }
        case .form:
            if let schema = media.schema { type = types.jsonType(types.type(schema, hint)) }
        case .multipart:
            if let schema = media.schema, let object = types.shapes.object(schema) {
                type = types.declareForm(object, schema, named: SwiftName.type(words + Words("form")))
                apply(media.encoding, to: type)
            } else {
                encoding = .stream
                type = .builtin(.body)
            }
        case .text:
            type = .builtin(.string)
        case .stream:
            type = .builtin(.body)
        }
        return .init(encoding: encoding, type: type, contentType: MediaChoice.contentType(media),
            styles: encoding == .form ? styles(media) : [], caseName: nil)
    }

    private func apply(_ encoding: [(property: String, encoding: PropertyEncoding)], to type: TypeReference) {
        guard !encoding.isEmpty, case .declared(let place) = type,
            case .structure(var structure) = types.declarations[place].kind
        else { return }
        for (key, encoding) in encoding {
            guard let index = structure.properties.firstIndex(where: { $0.key == key }) else { continue }
            structure.properties[index].contentType = encoding.contentType.map(MediaChoice.headerText)
        }
        types.update(place, .structure(structure))
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
