/// A form whose parts the description does not name (`multipart/form-data`, RFC 7578).
///
///     let form: MultipartForm = ["title": "Sunrise", "picture": .file(try FilePart(file: url))]
///     form.parts.append(.init("tag", "sea"))   // a name may be there several times
public struct MultipartForm: MultipartCodable, ExpressibleByDictionaryLiteral {
    /// What is in a part.
    public enum Content: Sendable, ExpressibleByStringLiteral {
        /// A text, without a media type.
        case text(String)
        /// A value as JSON.
        case json(JSONValue)
        /// A file, with its name and media type.
        case file(FilePart)

        /// A text.
        public init(stringLiteral text: String) { self = .text(text) }
    }

    /// A part and its name.
    public struct Part: Sendable {
        /// The name of the field.
        public var name: String
        /// What is sent in it.
        public var content: Content

        /// Creates a part.
        public init(_ name: String, _ content: Content) {
            self.name = name
            self.content = content
        }
    }

    /// The parts in the order in which they are sent.
    public var parts: [Part]

    /// Creates a form.
    public init(_ parts: [Part] = []) { self.parts = parts }

    /// Creates a form with parts in the order of the literal.
    public init(dictionaryLiteral elements: (String, Content)...) {
        parts = elements.map { Part($0, $1) }
    }

    public func encode(to form: inout MultipartWriter) {
        for part in parts {
            switch part.content {
            case .text(let text): form.required(part.name, text)
            case .json(let value): form.required(part.name, value, contentType: "application/json")
            case .file(let file): form.file(part.name, file)
            }
        }
    }
}
