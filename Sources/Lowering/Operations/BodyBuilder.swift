import Declarations
import OpenAPI
import Source
import TextScanning

/// Turns a request body into the last argument of a method.
struct BodyBuilder {
    let planner: TypePlanner
    let constraints: ValueConstraints
    let diagnostics: Diagnostics
    /// A header parameter that says the media type of the body.
    var contentTypeParameter: Parameter?

    /// The body, as a type of its own where there is one way to send it, else
    /// as an enum with a case for each way that says something else.
    func body(
        _ body: RequestBody, at operation: Place, _ labels: inout NameScope, _ locals: inout NameScope
    ) -> BodyDeclaration? {
        let all = MediaChoice.sorted(body.content)
        let localName = locals.claim("body", "bodyContent")
        guard let usual = MediaChoice.request(all) else { return nil }
        let place = planner.places.place(of: body, in: operation)
        var contents = [content(usual, of: body, at: place)]
        for other in all where other.name != usual.name {
            if sendsFiles(other, beside: usual) { continue }
            guard MediaChoice.isChoice(other, beside: usual) else {
                diagnostics.note(
                    .alternativeMediaType,
                    "the body can be `\(usual.name)` or `\(other.name)`; `\(usual.name)` is sent", at: other.location)
                continue
            }
            let content = content(other, of: body, at: place)
            if !contents.contains(where: { isSame($0, content) }) { contents.append(content) }
        }
        // `nil` leaves the body out, which is not to send `null`.
        if contents.count == 1, !body.isRequired, contents[0].encoding == .json, case .optional(let value) = contents[0].type {
            contents[0].type = .nullable(value)
        }
        var type = contents[0].type
        if contents.count > 1 {
            var scope = NameScope()
            for index in contents.indices {
                contents[index].caseName = scope.claim(MediaName.member(contents[index].contentType))
            }
            let cases = contents.map { Outcome(name: $0.caseName ?? "", type: $0.type, documentation: ["`\($0.contentType)`"]) }
            type = planner.declare(
                .outcomes(cases), at: planner.places.child(operation, .own(.body)), documentation: ["The ways to send the body."])
        }
        return BodyDeclaration(
            type: type, contents: contents,
            mediaType: mediaType(of: contents, isRange: usual.name.contains("*"), at: operation, &labels, &locals),
            isRequired: body.isRequired, localName: localName,
            documentation: Documentation.argument(body.description, named: localName))
    }

    /// The argument for the media type of a body that can be of several.
    private func mediaType(
        of contents: [BodyDeclaration.Content], isRange: Bool, at operation: Place, _ labels: inout NameScope, _ locals: inout NameScope
    ) -> BodyDeclaration.MediaTypeArgument? {
        guard let first = contents.first(where: \.takesMediaType) else { return nil }
        var type = TypeReference.builtin(.string)
        if let parameter = contentTypeParameter, let schema = parameter.schema {
            let own = planner.type(schema, at: planner.places.place(of: parameter, in: operation))
            if planner.enumeration(own)?.rawType == .string { type = own }
        }
        let name = labels.claim("contentType", "bodyContentType")
        let isRequired = isRange && contentTypeParameter?.isRequired == true
        let note = isRequired ? "" : "`\(first.contentType)` where it is left out."
        return .init(
            name: name, localName: locals.claim(name, name + "Value"), type: type, isEnumeration: type != .builtin(.string),
            isRequired: isRequired,
            documentation: Documentation.argument(contentTypeParameter?.description ?? "The media type of the body", named: name, notes: note))
    }

    /// The body as a form that sends files as files, beside a usual one that has the same
    /// schema. It has a method of its own: a file that a schema gains must not change the
    /// argument of the method that was there.
    func forms(_ body: RequestBody, at operation: Place, localName: String) -> [(mediaType: String, body: BodyDeclaration)] {
        let all = MediaChoice.sorted(body.content)
        guard let usual = MediaChoice.request(all) else { return [] }
        let place = planner.places.place(of: body, in: operation)
        return all.filter { sendsFiles($0, beside: usual) }.map { media in
            let content = content(media, of: body, at: place)
            return (
                MediaChoice.essence(media.name),
                BodyDeclaration(
                    type: content.type, contents: [content], isRequired: body.isRequired, localName: localName,
                    documentation: Documentation.argument(body.description, named: localName))
            )
        }
    }

    /// Whether only the form sends files as files: in JSON they are texts.
    private func sendsFiles(_ media: MediaType, beside usual: MediaType) -> Bool {
        guard MediaChoice.encoding(media) == .multipart, MediaChoice.encoding(usual) != .multipart,
            !MediaChoice.isChoice(media, beside: usual),
            let form = media.schema.flatMap(planner.shapes.formObject)
        else { return false }
        return form.members.contains { member in
            if case .array(let item?) = planner.shapes.settledShape(member.schema) { return planner.shapes.isBytes(item) }
            return planner.shapes.isBytes(member.schema)
        }
    }

    private func isSame(_ content: BodyDeclaration.Content, _ other: BodyDeclaration.Content) -> Bool {
        guard planner.isSame(content.type, other.type) else { return false }
        // Bytes and texts differ by their media type, values do not.
        return MediaChoice.isStructured(content.encoding) && MediaChoice.isStructured(other.encoding)
            || content.contentType == other.contentType
    }

    private func content(_ media: MediaType, of body: RequestBody, at place: Place) -> BodyDeclaration.Content {
        let place = planner.places.place(of: media, among: body.content, in: place)
        var encoding = MediaChoice.encoding(media)
        var type: TypeReference = .builtin(.json)
        var contentType = MediaChoice.contentType(media)
        switch encoding {
        case .json:
            if let schema = media.schema {
                type = planner.elementType(schema, at: place)
                if planner.shapes.isBytes(schema) {
                    encoding = .stream
                    type = .builtin(.body)
                    if media.name.contains("*") { contentType = "application/octet-stream" }
                } else if MediaChoice.isAny(media.name), case .scalar(.string) = planner.shapes.settledShape(schema) {
                    encoding = .text
                    type = .builtin(.string)
                    contentType = "text/plain; charset=utf-8"
                }
            }
        case .form:
            if let schema = media.schema {
                type = planner.type(schema, at: place)
                if !JSONKinds(planner: planner).kinds(type).contains(.object) {
                    diagnostics.degrade(
                        .undescribedBody,
                        "`\(media.name)` is not described as an object; the caller passes its text", at: media.location)
                    encoding = .text
                    type = .builtin(.string)
                }
            }
        case .multipart:
            if let schema = media.schema, let object = planner.shapes.formObject(schema) {
                type = planner.declareForm(object, schema, at: place) { form in
                    FormEncoding(planner: planner, diagnostics: diagnostics).apply(media.encoding, to: &form, at: place)
                }
            } else if isFreeForm(media) {
                type = .builtin(.form)
            } else if MediaChoice.essence(media.name) == "multipart/form-data" {
                diagnostics.degrade(.undescribedBody, "the schema of `\(media.name)` does not name the parts; the caller does", at: media.location)
                type = .builtin(.form)
            } else {
                diagnostics.degrade(
                    .undescribedBody,
                    "the parts of `\(media.name)` have no names; the caller passes the bytes of the body and its boundary", at: media.location)
                encoding = .stream
                type = .builtin(.body)
            }
        case .items:
            if media.itemSchema == nil, let whole = media.schema, case .scalar(.string) = planner.shapes.settledShape(whole) {
                // The text of all lines, not that each of them is a string.
                encoding = .text
                type = .builtin(.string)
            } else {
                let item = planner.shapes.itemSchema(of: media)
                type = .array(planner.elementType(item, at: planner.places.child(place, .item)))
            }
        case .text, .scalarText:
            type = .builtin(.string)
            if let scalar = TextScalars(planner: planner).type(of: media, at: place) {
                encoding = .scalarText
                type = scalar
            }
        case .stream:
            type = .builtin(.body)
        }
        return .init(
            encoding: encoding, type: type, contentType: contentType,
            styles: encoding == .form ? FormEncoding.styles(media) : [],
            takesMediaType: [.text, .stream].contains(encoding) && MediaChoice.encoding(media) != .form
                && (media.name.contains("*") || contentTypeParameter != nil),
            constraints: encoding == .json ? constraints.sent(media.schema, type) : nil)
    }

    /// Whether the parts are those that the caller names.
    private func isFreeForm(_ media: MediaType) -> Bool {
        guard let schema = media.schema else { return media.itemSchema == nil }
        return JSONKinds(planner: planner).kinds(schema).contains(.object)
    }
}
