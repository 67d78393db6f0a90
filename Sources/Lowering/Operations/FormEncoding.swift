import Declarations
import OpenAPI
import Source
import TextScanning

/// How the properties of a form are written (OpenAPI Encoding Object).
struct FormEncoding {
    let planner: TypePlanner
    let diagnostics: Diagnostics

    /// Where `style`, `explode` or `allowReserved` stands, the property is
    /// written as a query parameter would be, whose style is `form`.
    static func styles(_ media: MediaType) -> [BodyDeclaration.FormStyle] {
        media.encoding.compactMap { key, encoding in
            guard encoding.style != nil || encoding.explode != nil || encoding.allowReserved else { return nil }
            let style = encoding.style ?? .form
            return .init(
                key: key, style: style.rawValue, explode: encoding.explode ?? (style == .form), allowReserved: encoding.allowReserved)
        }
    }

    /// Adds what is said of a multipart form's parts.
    func apply(_ encoding: [(property: String, encoding: PropertyEncoding)], to form: inout Structure, at place: Place) {
        guard !encoding.isEmpty else { return }
        var names = NameScope(reserved: Set(form.properties.map(\.name)))
        for (key, encoding) in encoding {
            guard let index = form.properties.firstIndex(where: { $0.key == key }) else {
                if form.additional == nil {
                    diagnostics.warn(.unsupportedEncoding, "the form has no property `\(key)`; what is said of its encoding is left out", at: encoding.location)
                }
                continue
            }
            apply(encoding, to: &form.properties[index], &names, at: place)
        }
    }

    private func apply(_ encoding: PropertyEncoding, to property: inout Property, _ names: inout NameScope, at place: Place) {
        if let contentType = encoding.contentType.flatMap(MediaChoice.partContentType) {
            if isWrittenAsJSON(property.valueType), MediaChoice.isText(contentType) || ScalarTypes.isBinary(contentType) {
                if planner.resolved(property.valueType) == .builtin(.json) {
                    // Of any type, and of that media type: a file.
                    property.valueType = .builtin(.file)
                    property.contentType = contentType
                } else {
                    diagnostics.warn(
                        .unsupportedEncoding,
                        "`\(property.key)` cannot be written as `\(contentType)`; it is sent as JSON", at: encoding.location)
                }
            } else {
                property.contentType = contentType
            }
        }
        if let style = encoding.style ?? (encoding.explode == nil ? nil : .form), encoding.explode != true || style != .form {
            let isOnePart = !(encoding.explode ?? (style == .form))
            if isOnePart, case .array = planner.resolved(property.valueType) { property.separator = style.separator }
        }
        property.partHeaders = headers(of: property, encoding, &names, at: place)
    }

    private func headers(
        of property: Property, _ encoding: PropertyEncoding, _ names: inout NameScope, at place: Place
    ) -> [Property.PartHeader] {
        encoding.headers
            .filter { !["content-type", "content-disposition"].contains($0.name.lowercased()) }
            .map { header in
                let name = Words(property.name) + Words(header.name).dropping { $0.lowercased() == "x" }
                let place = planner.places.child(planner.places.child(place, .property(property.key)), .responseHeader(header.name))
                return Property.PartHeader(
                    name: names.claim(SwiftName.member(name)), key: header.name,
                    type: header.schema.map { planner.type($0, at: place) } ?? .builtin(.string), isRequired: header.isRequired,
                    documentation: Documentation.lines(
                        header.description ?? "The header field `\(header.name)` of the part `\(property.key)`."))
            }
    }

    /// Whether a value of a form is written as JSON, and not as a text or as bytes.
    private func isWrittenAsJSON(_ type: TypeReference) -> Bool {
        switch planner.resolved(type) {
        case .builtin(let builtin): builtin == .json
        case .declared: planner.enumeration(type) == nil
        case .array(let element): isWrittenAsJSON(element)
        case .optional(let some), .nullable(let some): isWrittenAsJSON(some)
        case .dictionary: true
        case .items, .events, .text: false
        case .external(let type): type.kinds.contains(.object) || type.kinds.contains(.array)
        }
    }
}
