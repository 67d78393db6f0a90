extension SnippetAPI.Client {
    public enum AddForm {}

    public enum AddNote {}
}

extension SnippetAPI.Client.AddForm {
    /// The ways to send the body.
    public enum Body: Sendable {
        /// `multipart/form-data`
        case multipart(MultipartForm)
        /// `application/x-www-form-urlencoded`
        case form(Form)
    }

    public struct Form: JSONCodable {
        public var name: String?

        public init(name: String? = nil) {
            self.name = name
        }

        public init(from object: inout ObjectReader) {
            self.name = object.optional("name")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("name", name)
        }
    }

    public struct MultipartForm: MultipartCodable, Sendable {
        public var name: String?
        public var picture: FilePart

        public init(name: String? = nil, picture: FilePart) {
            self.name = name
            self.picture = picture
        }

        public func encode(to form: inout MultipartWriter) {
            form.optional("name", name)
            form.file("picture", picture)
        }
    }
}

extension SnippetAPI.Client.AddNote {
    public struct Request: JSONCodable {
        public var text: String

        public init(text: String) {
            self.text = text
        }

        public init(from object: inout ObjectReader) {
            self.text = object.required("text")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("text", text)
        }
    }
}

extension SnippetAPI.Client {
    /// `POST /files`
    public func addFile(_ body: HTTPBody? = nil) async throws(APIError<Never>) {
        var request = Request(.post, "/files", operation: "addFile")
        request.body(body, contentType: "application/octet-stream")
        try await send(request, as: .empty, errors: .none)
    }

    /// `POST /forms`
    public func addForm(_ body: AddForm.Body? = nil) async throws(APIError<Never>) -> String {
        var request = Request(.post, "/forms", operation: "addForm", accept: "text/plain")
        switch body {
        case .multipart(let content):
            request.multipart(content)
        case .form(let content):
            request.form(content)
        case nil:
            break
        }
        return try await send(request, as: .text, errors: .none)
    }

    /// `POST /notes`
    public func addNote(_ body: AddNote.Request) async throws(APIError<Never>) {
        var request = Request(.post, "/notes", operation: "addNote")
        request.json(body)
        try await send(request, as: .empty, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias AddFile = APIError<Never>
    public typealias AddForm = APIError<Never>
    public typealias AddNote = APIError<Never>
}
