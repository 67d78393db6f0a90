extension SnippetAPI {
    public struct Album: JSONCodable {
        public var name: String
        public var cover: String?

        public init(name: String, cover: String? = nil) {
            self.name = name
            self.cover = cover
        }

        public init(from object: inout ObjectReader) {
            self.name = object.required("name")
            self.cover = object.optional("cover")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("name", name)
            object.optional("cover", cover)
        }
    }
}

extension SnippetAPI.Client {
    public enum AddAlbum {}
}

extension SnippetAPI.Client.AddAlbum {
    public struct Form: MultipartCodable, Sendable {
        public var name: String
        public var cover: FilePart?

        public init(name: String, cover: FilePart? = nil) {
            self.name = name
            self.cover = cover
        }

        public func encode(to form: inout MultipartWriter) {
            form.required("name", name)
            form.file("cover", cover)
        }
    }
}

extension SnippetAPI.Client {
    /// `POST /albums`
    public func addAlbum(_ body: SnippetAPI.Album) async throws(APIError<Never>) {
        var request = Request(.post, "/albums", operation: "addAlbum")
        request.json(body)
        try await send(request, as: .empty, errors: .none)
    }

    /// `POST /albums`
    ///
    /// The body is sent as `multipart/form-data`, with its files.
    public func addAlbumAsMultipart(_ body: AddAlbum.Form) async throws(APIError<Never>) {
        var request = Request(.post, "/albums", operation: "addAlbum")
        request.multipart(body)
        try await send(request, as: .empty, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias AddAlbum = APIError<Never>
}
