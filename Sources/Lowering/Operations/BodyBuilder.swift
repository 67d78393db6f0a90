import Declarations
import OpenAPI
import Source
import TextScanning

/// Turns a request body into the last argument of a method.
struct BodyBuilder {
    let planner: TypePlanner
    let constraints: ValueConstraints
    let diagnostics: Diagnostics

    /// The body, as a type of its own where there is one way to send it, else
    /// as an enum with a case for each way that says something else.
    func body(_ body: RequestBody, at operation: Place, localName: String) -> BodyDeclaration? {
        let all = body.content.sorted { $0.name < $1.name }
        guard let usual = MediaChoice.request(all) else { return nil }
        let place = planner.places.place(of: body, in: operation)
        var contents = [content(usual, of: body, at: place)]
        for other in all where other.name != usual.name {
            if sendsFiles(other, beside: usual) { continue }
            guard MediaChoice.isChoice(other, beside: usual) else {
                diagnostics.note(
                    .alternativeMediaType,
                    "the body as `\(other.name)` says the same as `\(usual.name)`, which is sent", at: other.location)
                continue
            }
            let content = content(other, of: body, at: place)
            if !contents.contains(where: { isSame($0, content) }) { contents.append(content) }
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
            type: type, contents: contents, isRequired: body.isRequired, localName: localName,
            documentation: Documentation.argument(body.description, named: localName))
    }

    /// The body as a form that sends files as files, beside a usual one that has the same
    /// schema. It has a method of its own: a file that a schema gains must not change the
    /// argument of the method that was there.
    func forms(_ body: RequestBody, at operation: Place, localName: String) -> [(mediaType: String, body: BodyDeclaration)] {
        guard let usual = MediaChoice.request(body.content.sorted(by: { $0.name < $1.name })) else { return [] }
        let place = planner.places.place(of: body, in: operation)
        return body.content.filter { sendsFiles($0, beside: usual) }.sorted { $0.name < $1.name }.map { media in
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
                }
            }
        case .form:
            if let schema = media.schema {
                type = planner.type(schema, at: place)
                if !JSONKinds(planner: planner).kinds(type).contains(.object) {
                    diagnostics.degrade(
                        .undescribedBody,
                        "`\(media.name)` is described as something else than an object; the caller gives its text", at: media.location)
                    encoding = .text
                    type = .builtin(.string)
                }
            }
        case .multipart:
            if let schema = media.schema, let object = planner.shapes.formObject(schema) {
                type = planner.declareForm(object, schema, at: place) { form in
                    FormEncoding(planner: planner, diagnostics: diagnostics).apply(media.encoding, to: &form, at: place)
                }
            } else {
                diagnostics.degrade(
                    .undescribedBody,
                    "the parts of `\(media.name)` are not described; the caller gives its bytes, with its boundary", at: media.location)
                encoding = .stream
                type = .builtin(.body)
            }
        case .items:
            let item = planner.shapes.itemSchema(of: media)
            type = .array(planner.elementType(item, at: planner.places.child(place, .item)))
        case .text:
            type = .builtin(.string)
        case .stream:
            type = .builtin(.body)
        }
        return .init(
            encoding: encoding, type: type, contentType: contentType,
            styles: encoding == .form ? FormEncoding.styles(media) : [],
            constraints: encoding == .json ? constraints.sent(media.schema, type) : nil)
    }
}
